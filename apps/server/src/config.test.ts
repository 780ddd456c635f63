import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig, StartRefusal } from './config.ts';
import { loadSecret, prepareDataDirectory } from './data-directory.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tidemark-config-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

describe('the environment', () => {
  test('may be empty', () => {
    expect(readConfig({})).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      dataDir: expect.stringMatching(/\.tidemark$/),
      databaseUrl: null,
      busUrl: null,
      publicUrl: null,
      secret: null,
      logLevel: 'info',
    });
  });

  test('counts an empty variable as unset, and takes a socket as database', () => {
    const databaseUrl = 'postgres://u:p@/db?host=%2Frun%2Fpostgresql';
    expect(readConfig({ PORT: '', DATABASE_URL: databaseUrl })).toMatchObject({ port: 3000, databaseUrl });
  });

  test.each([
    ['PORT', '70000'],
    ['PORT', 'http'],
    ['HOST', 'http://x'],
    ['DATABASE_URL', 'mysql://root:geheim@host/db'],
    ['PUBLIC_URL', 'tidemark.example.com'],
    ['PUBLIC_URL', 'https://tidemark.example.com/app'],
    ['TIDEMARK_SECRET', 'geheim'],
    ['LOG_LEVEL', 'loud'],
    ['ARCHIVE_SECONDS', '0'],
    ['BUS_URL', 'localhost:6379'],
    ['BUS_URL', 'amqp://someone:geheim@host'],
    ['BUS_URL', 'redis://'],
    ['S3_ENDPOINT', 'https://s3.example.com'],
    ['S3_SECRET_ACCESS_KEY', 'geheim'],
  ])('with %s=%s stops the start with one sentence that names it and says what to do', (name, value) => {
    let sentence = '';
    try {
      readConfig({ [name]: value });
    } catch (error) {
      expect(error).toBeInstanceOf(StartRefusal);
      sentence = (error as Error).message;
    }
    expect(sentence).toMatch(new RegExp(`^${name} is .*(should be|unset it).*\\.$`));
    expect(sentence).not.toContain('\n');
    expect(sentence).not.toContain('geheim');
  });
});

describe('the data directory', () => {
  test('is made when it is missing, and must be one', async () => {
    expect(await prepareDataDirectory(join(directory, 'a/b'))).toBe(join(directory, 'a/b'));
    await writeFile(join(directory, 'file'), '');
    await expect(prepareDataDirectory(join(directory, 'file'))).rejects.toThrow(
      /^DATA_DIR is .* should be a directory/,
    );
    await expect(prepareDataDirectory(join(directory, 'file/below'))).rejects.toThrow(StartRefusal);
  });

  test('keeps one secret, for the owner alone, however many starts make it at once', async () => {
    const home = await prepareDataDirectory(join(directory, 'secretive'));
    const made = await Promise.all([1, 2, 3, 4].map(() => loadSecret(home)));
    expect(new Set(made).size).toBe(1);
    expect(made[0]!.length).toBeGreaterThanOrEqual(40);
    expect((await stat(join(home, 'secret'))).mode & 0o777).toBe(0o600);
    expect((await readFile(join(home, 'secret'), 'utf8')).trim()).toBe(made[0]);
    await chmod(join(home, 'secret'), 0o644);
    expect(await loadSecret(home)).toBe(made[0]);
    expect((await stat(join(home, 'secret'))).mode & 0o777).toBe(0o600);
  });

  test('with a damaged secret is refused, not given a new one', async () => {
    const home = await prepareDataDirectory(join(directory, 'damaged'));
    await writeFile(join(home, 'secret'), 'short\n');
    await expect(loadSecret(home)).rejects.toThrow(/should hold a secret of at least 32 characters/);
  });
});
