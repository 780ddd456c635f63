/** Loaded into a server with `--import`: the clock of its own work, not that of logins, goes a month ahead of the database's. */
Object.defineProperty(performance, 'timeOrigin', { value: performance.timeOrigin + 30 * 86_400_000 });
