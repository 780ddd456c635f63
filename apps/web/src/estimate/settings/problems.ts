/** Why what is typed can't stand, in words for the field; null when it can. */

export function emailProblem(text: string): string | null {
  const said = text.trim();
  if (said === '' || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(said)) return null;
  return said.includes('@')
    ? 'This address is not complete: name@example.com.'
    : 'An e-mail address has an @: name@example.com.';
}

export function daysProblem(text: string): string | null {
  const said = text.trim();
  if (said === '') return null;
  if (!/^\d+$/.test(said)) return 'Whole days, as a number.';
  return Number(said) > 100_000 ? 'At most 100,000 days.' : null;
}
