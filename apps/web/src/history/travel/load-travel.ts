/** The screen of the past: fetched before it is wanted, since it works without a network too. */
export const loadTravelScreen = () => import('./travel-screen.tsx');
