/** vite's exports of a CSS module: class names by their local names. */
declare module '*.module.css' {
  const classes: Readonly<Record<string, string>>;
  export default classes;
}

/** Styles of the whole page, imported for their side effect. */
declare module '*.css' {}
