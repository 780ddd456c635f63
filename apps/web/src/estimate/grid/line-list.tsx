export function LineList() {
  return null;
}
