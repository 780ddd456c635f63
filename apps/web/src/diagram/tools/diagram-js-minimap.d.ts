/** It has no types of its own. */
declare module 'diagram-js-minimap' {
  const minimapModule: object;
  export default minimapModule;
}
