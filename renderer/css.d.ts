/** vite's exports of a CSS module: class names by their local names. */
declare module '*.module.css' {
  const classes: Readonly<Record<string, string>>;
  export default classes;
}

/** Styles for the whole page, imported for their effect. */
declare module '*.css' {}
