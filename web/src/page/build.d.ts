/** The build says so: everything is in one HTML file, for which there is neither a demo nor a sign-in. What `if (!ONE_FILE)` guards is left out of it. */
declare const ONE_FILE: boolean;
