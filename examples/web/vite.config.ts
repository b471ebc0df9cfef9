import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// The page asks its own origin, as behind a company's proxy: the server needs no CORS.
const proxy = { '/graphql': process.env.GRAPHQL_ORIGIN ?? 'http://127.0.0.1:4000' };

export default defineConfig({ plugins: [react()], server: { proxy }, preview: { proxy, host: '127.0.0.1' } });
