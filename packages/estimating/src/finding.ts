/** Something in an estimate that cannot be reckoned as it stands, in words for people. The rest is reckoned all the same. */
export interface EstimationFinding {
  readonly code: 'too-large' | 'low-above-high' | 'no-such-margin';
  readonly about: 'line' | 'section' | 'risk' | 'total';
  /** Of the line, the section or the risk; null for lines without a section and for totals. */
  readonly id: string | null;
  readonly detail: string;
}

export function tooLargeFinding(about: EstimationFinding['about'], id: string | null): EstimationFinding {
  return {
    code: 'too-large',
    about,
    id,
    detail: 'The amount is too large to reckon with; it is shown cut off.',
  };
}
