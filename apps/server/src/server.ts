import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openRedisBus } from '@tidemark/bus';
import { type Database, openDatabase } from '@tidemark/database';
import { createWorkers, installDoor, nodeClock } from '@tidemark/door';
import { createDirectoryStore } from '@tidemark/files';
import { createPictures } from '@tidemark/pictures';
import { startPostgres } from '@tidemark/postgres';
import { createProposals } from '@tidemark/proposal';
import { refuse } from '@tidemark/protocol';
import { createLobby, type Lobby } from '@tidemark/sync';
import type { Logger } from 'pino';
import { createBin } from './bin/bin.ts';
import { createBinKeeper } from './bin/bin-keeper.ts';
import { binRoutes } from './bin/bin-routes.ts';
import { createAccounts } from './company/accounts.ts';
import { companyRoutes } from './company/company-routes.ts';
import { invitationRoutes } from './company/invitation-routes.ts';
import { memberRoutes } from './company/member-routes.ts';
import { createMembers } from './company/members.ts';
import { createSpaces } from './company/spaces.ts';
import type { Config } from './config.ts';
import { createConversations } from './conversation/conversation.ts';
import { conversationRoutes } from './conversation/conversation-routes.ts';
import { loadSecret, prepareDataDirectory } from './data-directory.ts';
import { bpmnExporter } from './diagrams/bpmn-export.ts';
import { createDiagramSource } from './diagrams/diagram-source.ts';
import { createPainter } from './diagrams/painter.ts';
import { createPictureCache } from './diagrams/picture-cache.ts';
import { pictureExporters } from './diagrams/picture-export.ts';
import { pictureThreads } from './diagrams/picture-threads.ts';
import { thumbnailRoutes } from './diagrams/thumbnail-routes.ts';
import { createThumbnails } from './diagrams/thumbnails.ts';
import { createCatalogue } from './documents/catalogue.ts';
import { contentRoutes } from './documents/content-routes.ts';
import { documentRoutes } from './documents/document-routes.ts';
import { exportRoutes } from './documents/export-routes.ts';
import { createHooks } from './documents/hooks.ts';
import { importRoutes } from './documents/import-routes.ts';
import { createImports } from './documents/imports.ts';
import { resetRoutes } from './documents/reset-routes.ts';
import { createPolicy } from './documents/rights.ts';
import { createWorkshop } from './documents/workshop.ts';
import { estimateExporters } from './estimates/estimate-export.ts';
import { createEstimateSource } from './estimates/estimate-source.ts';
import { createFigureRows } from './estimates/figures.ts';
import { createPast } from './estimates/past.ts';
import { pastRoutes } from './estimates/past-routes.ts';
import { statusRoutes } from './estimates/status-routes.ts';
import { createStatuses } from './estimates/statuses.ts';
import { companyExportRoutes } from './export/export-routes.ts';
import { attachmentRoutes } from './files/attachment-routes.ts';
import { createAttachments } from './files/attachments.ts';
import { fileRoutes } from './files/file-routes.ts';
import { createFileWorker } from './files/file-worker.ts';
import { createOrphanSweep } from './files/orphans.ts';
import { createShelf } from './files/shelf.ts';
import { healthRoutes } from './health-routes.ts';
import { archivistSettings } from './history/archivist-settings.ts';
import { createPastRoom } from './history/past-room.ts';
import { createApp } from './http/app.ts';
import { installCallers } from './http/caller.ts';
import { installOpenApi } from './http/openapi.ts';
import { isStorageFault } from './http/problems.ts';
import type { App } from './http/routes.ts';
import { installStaticWeb } from './http/static-web.ts';
import { journalOf } from './journal.ts';
import { listen } from './listening.ts';
import { createApiTokens } from './login/api-tokens.ts';
import { authRoutes } from './login/auth-routes.ts';
import { identify } from './login/identify.ts';
import { createLogin } from './login/login.ts';
import { createLoginSessions } from './login/login-sessions.ts';
import { sessionRoutes } from './login/session-routes.ts';
import { createSyncTokens } from './login/sync-tokens.ts';
import { tokenRoutes } from './login/token-routes.ts';
import { createMetrics } from './metrics.ts';
import { inspectorRoutes } from './operator/inspector-routes.ts';
import { operatorRoutes } from './operator/operator-routes.ts';
import { createOperators } from './operator/operators.ts';
import { createProcesses } from './operator/processes.ts';
import { createReopening } from './operator/reopening.ts';
import { createReporter } from './operator/report.ts';
import { priceListRoutes } from './price-list/price-list-routes.ts';
import { profileRoutes } from './proposals/profile-routes.ts';
import { createProfiles } from './proposals/profiles.ts';
import { proposalExporter } from './proposals/proposal-export.ts';
import { versionRoutes } from './versions/version-routes.ts';
import { createVersions } from './versions/versions.ts';
import { within } from './within.ts';

/** One whole server. Made by `startServer`, listening when that resolves. */
export interface Server {
  /** Where it listens, such as `http://127.0.0.1:3000`. */
  readonly origin: string;
  readonly app: App;
  readonly database: Database;
  readonly lobby: Lobby;
  /** Lets everybody out in order: stores what is dirty, closes with 1012, answers what was asked, stops Postgres. */
  destroy(): Promise<void>;
}

const version = '0.1.0';
const webDirectory = fileURLToPath(new URL('../../web/dist', import.meta.url));

/** Milliseconds that requests, and the database's connections, have to end. */
const closingTime = 5_000;

/** Throws a `StartRefusal` (or the database's or Postgres's own) whose message is one sentence for the person who starts it. */
export async function startServer(config: Config, logger: Logger): Promise<Server> {
  const journal = journalOf(logger);
  const dataDir = await prepareDataDirectory(config.dataDir);
  const secret = config.secret ?? (await loadSecret(dataDir));
  const store = await createDirectoryStore(join(dataDir, 'files'));
  const metrics = createMetrics();
  const postgres = config.databaseUrl === null ? await startPostgres({ dataDir, log: journal }) : null;
  const database = openDatabase({
    connection: config.databaseUrl ?? postgres!.connection,
    journal,
    ...(config.busUrl === null ? {} : { bus: openRedisBus({ url: config.busUrl, journal }) }),
  });
  const undo = async () => {
    await within(closingTime, database.close());
    await postgres?.stop();
  };
  try {
    await database.migrate();
    return await compose();
  } catch (error) {
    await undo();
    throw error;
  }

  async function compose(): Promise<Server> {
    let draining = false;
    const { publicUrl } = config;
    const secure = publicUrl?.protocol === 'https:';
    const login = createLogin({ tables: database.auth, secret, secure, journal });
    const accounts = createAccounts(database);
    const tokens = createApiTokens(database);
    const operators = createOperators(database);
    const syncTokens = createSyncTokens(secret);
    const catalogue = createCatalogue(database, store, { binDays: config.binDays });
    const spaces = createSpaces(database);
    const shelf = createShelf(database, store);
    const attachments = createAttachments(database, store);
    const imports = createImports(database);
    const pictures = metrics.pictures.observe(createPictures({ threads: pictureThreads() }));
    const proposals = createProposals();
    const worker = createFileWorker({ normalise: (xml) => pictures.normalise(xml) });
    const workers = createWorkers();
    const figures = createFigureRows(database, journal);
    const lobby = createLobby({
      log: metrics.observe(database.updateLog),
      bus: database.bus,
      access: createPolicy(database),
      clock: nodeClock,
      journal,
      quarantine: database.quarantine,
      observe: metrics.observer,
      workbench: workers,
      hooks: createHooks(catalogue, {
        opened(documentId, kind) {
          if (kind === 'estimate') void figures.backfill(lobby, documentId);
        },
        async settled(documentId, kind, doc) {
          past.touched(documentId);
          if (kind === 'diagram') painter.touched(documentId);
          if (kind === 'estimate') await figures.keep(documentId, doc);
        },
      }),
    });
    const source = createDiagramSource(lobby, worker);
    const thumbnails = createThumbnails(database);
    const painter = createPainter({
      source,
      pictures,
      thumbnails,
      clock: nodeClock,
      journal,
      changed: (documentId) => lobby.tell(documentId, 'pictures'),
      painted: metrics.pictures.painted,
    });
    metrics.pictures.watchWaiting(() => pictures.stats().waiting + painter.waiting());
    metrics.watch(() => lobby.stats());
    metrics.watchBus(() => database.bus.stats());
    const reporter = createReporter(lobby, version);
    const processes = createProcesses({
      database,
      bus: database.bus,
      clock: nodeClock,
      journal,
      report: reporter.report,
    });
    const reopening = createReopening(lobby, database.bus);
    const workshop = createWorkshop(lobby, catalogue, { shelf, attachments, figures });
    const versions = createVersions(database, lobby);
    const statuses = createStatuses(database, lobby, figures);
    const estimates = createEstimateSource(lobby, versions);
    const profiles = createProfiles(database);
    const bin = createBin(database, lobby);
    const orphans = createOrphanSweep(database, store, journal);
    const binKeeper = createBinKeeper({ bin, orphans, clock: nodeClock, journal });
    const past = createPastRoom({
      ...{ database, lobby, catalogue, spaces, workshop, versions, statuses, journal },
      ...{ metrics: metrics.history, clock: nodeClock, settings: archivistSettings(config) },
    });

    const app = await createApp({ logger, metrics, publicUrl });
    installCallers(app, { login, accounts, tokens, operators, publicUrl });
    await installDoor(app, {
      lobby,
      identify: (request) => identify(request, { login, tokens, syncTokens, publicUrl }),
      explain: (fault) => refuse(isStorageFault(fault) ? 'cannot-store' : 'internal'),
      route: { config: { needs: 'door', rateLimit: false }, schema: { hide: true } },
    });
    await installOpenApi(app, version);
    healthRoutes(app, { database, store, metrics, draining: () => draining });
    authRoutes(app, { login, accounts });
    sessionRoutes(app, createLoginSessions(database.auth));
    tokenRoutes(app, tokens);
    const members = createMembers(database);
    memberRoutes(app, members);
    companyExportRoutes(app, { database, store, members, journal });
    companyRoutes(app, { database, spaces, operators });
    profileRoutes(app, profiles);
    operatorRoutes(app, operators);
    inspectorRoutes(app, { database, processes, reopen: reopening.reopen });
    invitationRoutes(app, { database, accounts, publicUrl });
    documentRoutes(app, { catalogue, workshop, shelf, spaces, lobby, painter });
    binRoutes(app, { catalogue, spaces, bin, keeper: binKeeper });
    exportRoutes(app, {
      catalogue,
      exporters: {
        diagram: {
          bpmn: bpmnExporter(source),
          ...pictureExporters({ source, pictures, cache: createPictureCache(), journal }),
        },
        estimate: {
          ...estimateExporters({ source: estimates, worker }),
          pdf: proposalExporter({ source: estimates, profiles, proposals, journal, clock: nodeClock }),
        },
      },
    });
    thumbnailRoutes(app, { catalogue, thumbnails });
    versionRoutes(app, { database, catalogue, workshop, versions, statuses });
    past.routes(app);
    statusRoutes(app, { catalogue, statuses });
    pastRoutes(app, createPast(database));
    resetRoutes(app, { catalogue, workshop });
    contentRoutes(app, { catalogue, workshop, syncTokens, publicUrl });
    conversationRoutes(app, { catalogue, conversations: createConversations(database), lobby });
    priceListRoutes(app, database);
    fileRoutes(app, { catalogue, shelf, store, metrics });
    attachmentRoutes(app, { catalogue, attachments, imports, store, lobby, metrics });
    importRoutes(app, { catalogue, workshop, spaces, attachments, imports, worker, metrics });
    await installStaticWeb(app, webDirectory);

    const origin = await listen(app, config);
    processes.start();
    binKeeper.start();
    past.start();
    return {
      origin,
      app,
      database,
      lobby,
      async destroy() {
        draining = true;
        await lobby.drain();
        // A request that never ends would hold up the end of everything.
        const impatience = setTimeout(() => app.server.closeAllConnections(), closingTime);
        await app.close();
        clearTimeout(impatience);
        reopening.stop();
        await binKeeper.close();
        await processes.close();
        await past.close();
        // What is being drawn is given up, or it would be waited for.
        const painted = painter.close();
        await pictures.destroy();
        await proposals.destroy();
        await worker.close();
        await painted;
        reporter.close();
        await workers.close();
        await undo();
      },
    };
  }
}
