declare module '*.svg' {
  /** Address of the file as built. */
  const url: string;
  export default url;
}
declare module '*.css';
