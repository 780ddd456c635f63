import { compare, type Result, runSuite } from '@tidemark/conformance';
import { type Measurement, Sheet } from '../stage.ts';

/** Who passes what of docs/conformance.md. The restart is a kill -9. */
export const conformance: Measurement = {
  name: 'conformance',
  async run({ contenders, say }) {
    say('conformance');
    const sheet = new Sheet();
    const found: Record<string, readonly Result[]> = {};
    await Promise.all(
      contenders
        .filter(({ relay }) => !relay)
        .map(async (contender) => {
          const invited = await contender.invite?.();
          const results = await runSuite({
            ...invited,
            dialect: contender.dialect,
            patience: 5_000,
            freshRooms: true,
            room: () => contender.newRoom(),
            async restart() {
              await contender.end('SIGKILL');
              await contender.start();
            },
          });
          found[contender.name] = results;
          for (const { id, outcome, detail } of results) {
            if (outcome === 'fail') console.error(`${contender.name} fails ${id}: ${detail}`);
          }
          for (const outcome of ['pass', 'fail'] as const) {
            const count = results.filter((result) => result.outcome === outcome).length;
            const measured = `conformance: checks that ${outcome}, of ${results.length}`;
            sheet.add(
              { measured, unit: '', better: outcome === 'pass' ? 'more' : 'less' },
              contender.name,
              count,
            );
          }
        }),
    );
    const inOrder = Object.fromEntries(
      contenders.flatMap(({ name }) => (found[name] === undefined ? [] : [[name, found[name]]])),
    );
    console.log(`\n${compare(inOrder)}`);
    return sheet.rows;
  },
};
