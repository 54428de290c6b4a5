import { armCrash, type CrashPoint } from '../src/platform/crash.ts';

// The real server, which dies as in a power cut the first time it passes the point that CRASH_AT names; without CRASH_AT it just serves.
armCrash((process.env.CRASH_AT as CrashPoint | undefined) ?? null, 'kill');
await import('../bin/server.ts');
