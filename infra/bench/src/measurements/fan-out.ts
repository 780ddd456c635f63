import { Audience, type Delivery } from '../clients/audience.ts';
import { Script } from '../clients/script.ts';
import type { Row } from '../row.ts';
import { type Measurement, roundRobin, Sheet, type Stage } from '../stage.ts';
import { quantile } from '../statistics.ts';

/** Deliveries per second of the steady rate: 5,000, whatever the number of readers. */
const steadyDeliveries = 5_000;

/** What it costs to bring one writer's edits to many, and how fast they come. */
export const fanOut: Measurement = {
  name: 'fan-out',
  async run(stage) {
    const sheet = new Sheet();
    for (const readers of stage.quick ? [10, 50] : [10, 50, 200, 1_000]) {
      stage.say(`fan-out to ${readers} readers`);
      await measure(stage, sheet, readers);
    }
    return sheet.rows;
  },
};

async function measure(stage: Stage, sheet: Sheet, readers: number): Promise<void> {
  const scripts = [new Script(), new Script()];
  const audiences = await gatherAll(stage, readers, scripts);
  const seconds = stage.quick ? 0.5 : 1;
  const edits = Math.max(20, Math.min(300, Math.round(15_000 / readers)));
  for (const audience of audiences) await audience.oneByOne(20); // warm
  await roundRobin(stage.rounds, audiences, async (audience) => {
    const { name } = audience.contender;
    const delays = await audience.oneByOne(edits);
    for (const q of [0.5, 0.99]) sheet.add(latency(readers, q), name, quantile(delays, q));
  });
  await roundRobin(stage.rounds, audiences, async (audience) => {
    const steady = await audience.steady(steadyDeliveries / readers, seconds);
    sheet.add(steadyCpu(readers), audience.contender.name, steady.cpu / steady.delivered);
    addPostgres(
      sheet,
      `steady, ${readers} readers`,
      audience.contender.durable,
      audience.contender.name,
      steady,
    );
  });
  await roundRobin(stage.rounds, audiences, async (audience) => {
    const full = await audience.saturate(200, seconds);
    sheet.add(saturated(readers), audience.contender.name, (full.delivered * 1_000_000) / full.cpu);
    sheet.add(perSecond(readers), audience.contender.name, full.delivered / full.seconds);
    addPostgres(
      sheet,
      `saturated, ${readers} readers`,
      audience.contender.durable,
      audience.contender.name,
      full,
    );
  });
  for (const audience of audiences) audience.verify();
  for (const audience of audiences) await audience.leave();
}

/** Twenty who type at once, each waiting for the last edit to arrive. */
export const manyWriters: Measurement = {
  name: 'many-writers',
  async run(stage): Promise<readonly Row[]> {
    const sheet = new Sheet();
    const scripts = Array.from({ length: 20 }, () => new Script());
    stage.say('20 writers');
    const audiences = await gatherAll(stage, 50, scripts);
    await roundRobin(stage.rounds, audiences, async (audience) => {
      const full = await audience.saturate(1, stage.quick ? 0.5 : 1);
      sheet.add(
        {
          measured: '50 readers, 20 writers × 1 in flight: delivered per server CPU second',
          unit: '/s',
          better: 'more',
          goal: { figure: 4, of: 'ws relay' },
        },
        audience.contender.name,
        (full.delivered * 1_000_000) / full.cpu,
      );
    });
    for (const audience of audiences) audience.verify();
    for (const audience of audiences) await audience.leave();
    return sheet.rows;
  },
};

async function gatherAll(stage: Stage, readers: number, scripts: readonly Script[]): Promise<Audience[]> {
  const audiences: Audience[] = [];
  for (const contender of stage.contenders)
    audiences.push(await Audience.gather(contender, stage.database, readers, scripts));
  return audiences;
}

function latency(readers: number, q: number) {
  return {
    measured: `one edit to ${readers} readers: p${q * 100}`,
    unit: 'ms',
    better: 'less' as const,
    ...(readers === 50 ? { goal: { figure: 1, of: 'the best peer' as const } } : {}),
  };
}

function steadyCpu(readers: number) {
  return {
    measured: `steady, ${readers} readers: server CPU per delivery`,
    unit: 'µs',
    better: 'less' as const,
    goal: { figure: 1, of: 'ws relay' as const },
  };
}

function saturated(readers: number) {
  return {
    measured: `saturated, ${readers} readers: delivered per server CPU second`,
    unit: '/s',
    better: 'more' as const,
    goal: { figure: 1.3, of: 'Hocuspocus' as const },
  };
}

function perSecond(readers: number) {
  return {
    measured: `saturated, ${readers} readers: delivered per second`,
    unit: '/s',
    better: 'more' as const,
  };
}

function addPostgres(
  sheet: Sheet,
  when: string,
  durable: boolean,
  name: string,
  { postgres, delivered }: Delivery,
): void {
  if (!durable) return;
  sheet.add(
    { measured: `${when}: Postgres CPU per delivery`, unit: 'µs', better: 'less' },
    name,
    postgres / delivered,
  );
}
