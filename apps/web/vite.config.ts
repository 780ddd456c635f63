import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compressed } from './build/compressed.ts';
import { serviceWorker } from './build/service-worker.ts';

const server = process.env.TIDEMARK_SERVER ?? 'http://127.0.0.1:3000';

export default defineConfig({
  plugins: [react(), serviceWorker(), compressed()],
  server: {
    proxy: {
      '/api': { target: server },
      '/openapi.json': { target: server },
      '/sync': { target: server, ws: true },
    },
  },
  // Found late, in lazy parts and the worker, these would reload the page under somebody's hands in development.
  optimizeDeps: {
    include: [
      'comlink',
      'echarts/charts',
      'echarts/components',
      'echarts/core',
      'echarts/renderers',
      'papaparse',
      'react-grid-layout',
    ],
  },
  worker: { format: 'es' },
  build: {
    outDir: 'dist',
    target: 'es2022',
    // A strict content security policy allows no data: scripts or fonts.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
  },
});
