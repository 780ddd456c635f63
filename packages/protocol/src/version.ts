/** The subprotocol a Tidemark client offers in the WebSocket upgrade. Clients without it get only frames 0–3. */
export const subprotocol = 'tidemark.1';
