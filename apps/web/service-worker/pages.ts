/** Paths that are pages of the app, with their query. What is not here is asked of the server, like a download. */
export const pages: readonly RegExp[] = [
  /^\/(\?|$)/,
  /^\/(sign-in|sign-up|prices|past-projects|operator)\/?(\?|$)/,
  /^\/(d|invite)\/[^/?]+\/?(\?|$)/,
];
