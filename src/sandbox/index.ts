export { deliverWebhooks, type Send, webhookSecret } from './deliver.ts';
export { routes } from './routes.tsx';
