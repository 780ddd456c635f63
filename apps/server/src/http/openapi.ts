import swagger from '@fastify/swagger';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { App } from './routes.ts';

/** `GET /openapi.json`, made of the routes' own schemas. Register before the routes. */
export async function installOpenApi(app: App, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Tidemark',
        version,
        description:
          'Documents that several people edit at once. Refusals are `application/problem+json` with a `code` of docs/refusals.md. Live sync is a WebSocket at `/sync/{documentId}`, see docs/api.md.',
      },
      components: {
        securitySchemes: {
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: 'tidemark.session_token',
            description:
              'Set by sign-up and sign-in. Requests that change something must come from an allowed origin.',
          },
          token: { type: 'http', scheme: 'bearer', description: 'An API token of POST /api/tokens.' },
        },
      },
      security: [{ session: [] }, { token: [] }],
    },
    transform: (input) => {
      const { schema, url } = jsonSchemaTransform(input);
      const needs = input.route.config?.needs;
      return { url, schema: needs === 'nothing' ? { ...schema, security: [] } : schema };
    },
    transformObject: jsonSchemaTransformObject,
  });
  app.get('/openapi.json', { config: { needs: 'nothing' }, schema: { hide: true } }, () => app.swagger());
}
