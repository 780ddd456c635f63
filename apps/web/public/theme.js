// Sets light or dark before the first paint; a file of its own so that no inline script is needed.
(() => {
  let chosen = 'auto';
  try {
    chosen = localStorage.getItem('tidemark-colour-scheme') ?? 'auto';
  } catch {
    // Storage is switched off: the system's choice it is.
  }
  const dark =
    chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
