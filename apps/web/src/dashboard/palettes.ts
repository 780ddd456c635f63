export type Scheme = 'light' | 'dark';

interface Palette {
  readonly label: string;
  readonly light: readonly string[];
  readonly dark: readonly string[];
}

/** Colours of series, in order; neighbours differ in lightness too, for those who do not see all hues. */
export const palettes: Readonly<Record<string, Palette>> = {
  tidemark: {
    label: 'Tidemark',
    light: ['#0e6f88', '#e08a2c', '#6a55b8', '#3f9a6d', '#c8506a', '#6f8593', '#a6772b', '#3f7fc4'],
    dark: ['#4db6ce', '#f0a955', '#a391e6', '#6cc79b', '#ea8298', '#9fb1bd', '#d0a55c', '#7fb0ea'],
  },
  harbour: {
    label: 'Harbour',
    light: ['#12476b', '#2f8fa8', '#7cbfc9', '#c78f3c', '#8a4b2d', '#55707f', '#a9b8bf', '#2e5d50'],
    dark: ['#5f9fd0', '#58bdd6', '#a5dbe3', '#e6b768', '#d18d69', '#8fa9b7', '#c6d1d6', '#75b6a2'],
  },
  meadow: {
    label: 'Meadow',
    light: ['#2f7d4f', '#b5a02a', '#5a6fb0', '#d0713d', '#7fae5a', '#8c5a86', '#4a9aa5', '#8d7b5c'],
    dark: ['#67bf8b', '#dcc95a', '#93a5e6', '#f0a075', '#a9d586', '#c694c0', '#7accd6', '#c2b08f'],
  },
  ember: {
    label: 'Ember',
    light: ['#a63a2b', '#e0912f', '#5f5a8a', '#8c2f5c', '#3d7f88', '#c96a4a', '#7b6a5a', '#d4b13f'],
    dark: ['#ee8272', '#f5b764', '#a49ee0', '#db86b0', '#76c0ca', '#f0a48a', '#bbaa98', '#efd77a'],
  },
  ink: {
    label: 'Ink',
    light: ['#1f3b4a', '#577687', '#8ca5b3', '#0e6f88', '#b9c8d0', '#3d5866', '#6d93a6', '#9db7c2'],
    dark: ['#dbe8ef', '#9fb8c6', '#6f8b9a', '#4db6ce', '#4d6673', '#bfd2dc', '#86aabd', '#5f7d8d'],
  },
};

export function coloursOf(palette: string, scheme: Scheme): readonly string[] {
  return (palettes[palette] ?? palettes.tidemark!)[scheme];
}

/** Lines and letters inside a canvas, which CSS cannot reach. */
export const inkOf = {
  light: {
    text: '#16212a',
    soft: '#4c5a65',
    faint: '#5b6974',
    line: '#e6ebee',
    axis: '#cbd3d8',
    surface: '#ffffff',
  },
  dark: {
    text: '#e4eaee',
    soft: '#b0bcc5',
    faint: '#8f9da8',
    line: '#243037',
    axis: '#37454e',
    surface: '#151c21',
  },
} as const;
