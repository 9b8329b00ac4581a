/** The page with its WebAssembly inside. */
import '../engine/inline_pictures.ts';
import './main.ts';
