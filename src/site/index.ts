export { type FindOptions, type Found, findProjects } from './explore-find.ts';
export { readWish, type Wish } from './explore-wish.ts';
export { routes } from './routes.tsx';
