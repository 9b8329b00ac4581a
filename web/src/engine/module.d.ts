/** What Emscripten writes, by the build. */
declare module '#engine' {
  const built: import('./load.ts').BuiltModule;
  export default built;
}
declare module '#lists' {
  const built: import('./load.ts').BuiltModule;
  export default built;
}
declare module '#pictures' {
  const built: import('./load.ts').BuiltModule;
  export default built;
}

/** The modules themselves, deflated, in base64. */
declare module '#engine-inside' {
  const base64: string;
  export default base64;
}
declare module '#pictures-inside' {
  const base64: string;
  export default base64;
}
