/** What somebody came in by, in the words of the database function `rights_of`. */
export const credentialOf = {
  session: (id: string) => `session:${id}`,
  token: (id: string) => `token:${id}`,
} as const;
