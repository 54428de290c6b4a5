import { serve } from '@hono/node-server';
import { Hono } from 'hono';

// The reference of the page benches: bare Hono that answers BYTES bytes from memory.
const page = 'x'.repeat(Number(process.env.BYTES ?? 1000));
const app = new Hono();
app.get('/page', (c) => c.html(page));
serve({ fetch: app.fetch, port: Number(process.env.PORT) });
