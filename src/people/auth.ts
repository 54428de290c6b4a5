import { betterAuth } from 'better-auth';
import { magicLink } from 'better-auth/plugins/magic-link';
import type { KyselyPlugin } from 'kysely';
import { newId } from '../kit/index.ts';
import type { Config } from '../platform/config.ts';
import type { Db } from '../platform/db.ts';
import { cookieName, cookieOptions } from '../platform/http.ts';
import { password_length } from './password.ts';
import { session_days } from './sessions.ts';
import { hours_of_verification, lay, minutes_of_link, minutes_of_reset } from './tokens.ts';

export type Auth = ReturnType<typeof openAuth>;

/**
 * better-auth on our own database connection, tables and field names. Its HTTP handler is mounted nowhere: our pages call `auth.api` on
 * the server and hand on its cookies, so there is one door and it has our limits.
 */
export function openAuth(config: Config, db: Db) {
  return betterAuth({
    appName: 'Acequia',
    baseURL: config.origin,
    secret: config.secret,
    telemetry: { enabled: false },
    logger: { disabled: true },
    rateLimit: { enabled: false },
    database: { db: db.withPlugin(plain_dates), type: 'postgres', transaction: true },
    advanced: {
      database: { generateId: () => newId() },
      ipAddress: { ipAddressHeaders: ['x-caller'] },
      useSecureCookies: false,
      cookies: { session_token: { name: cookieName(config, 'session'), attributes: sessionCookie(config) } },
    },
    user: {
      modelName: 'people',
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
      additionalFields: { locale: { type: 'string', required: true, defaultValue: 'en' } },
    },
    session: {
      modelName: 'sessions',
      fields: {
        userId: 'person_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
      expiresIn: session_days * 86_400,
      disableSessionRefresh: true,
    },
    account: { modelName: 'credentials', fields: credential_fields, accountLinking: { enabled: false } },
    verification: {
      modelName: 'verifications',
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
      // Whoever reads the table learns no link that still works.
      storeIdentifier: 'hashed',
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: !config.sign_up,
      requireEmailVerification: true,
      minPasswordLength: password_length.min,
      maxPasswordLength: password_length.max,
      resetPasswordTokenExpiresIn: minutes_of_reset * 60,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: ({ user, token }) => lay({ kind: 'reset', email: user.email, token }),
    },
    emailVerification: {
      sendOnSignUp: true,
      autoSignInAfterVerification: false,
      expiresIn: hours_of_verification * 3600,
      sendVerificationEmail: ({ user, token }) => lay({ kind: 'verify', email: user.email, token }),
    },
    plugins: [
      magicLink({
        disableSignUp: true,
        expiresIn: minutes_of_link * 60,
        sendMagicLink: ({ email, token }) => lay({ kind: 'link', email, token }),
      }),
    ],
  });
}

function sessionCookie(config: Config) {
  const { path, httpOnly, secure } = cookieOptions(config);
  return { path, httpOnly, secure, sameSite: 'lax' as const };
}

const credential_fields = {
  userId: 'person_id',
  accountId: 'account_id',
  providerId: 'provider_id',
  accessToken: 'access_token',
  refreshToken: 'refresh_token',
  idToken: 'id_token',
  accessTokenExpiresAt: 'access_token_expires_at',
  refreshTokenExpiresAt: 'refresh_token_expires_at',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
};

/** better-auth reckons with Date; our connection gives Temporal.Instant. */
const plain_dates: KyselyPlugin = {
  transformQuery: (args) => args.node,
  transformResult: (args) => Promise.resolve({ ...args.result, rows: args.result.rows.map(withDates) }),
};

function withDates(row: Record<string, unknown>): Record<string, unknown> {
  const changed: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(row)) {
    changed[name] = value instanceof Temporal.Instant ? new Date(value.epochMilliseconds) : value;
  }
  return changed;
}
