import { TestApp } from '../../test/support/test-app.js';
import { claimsOf } from '../../test/support/token.js';
import { TEST_CONTEXT } from '../../test/support/test-context.js';
import { AccessTokens } from './access-tokens.js';
import { IncorrectCredentials, InvalidToken } from './auth.errors.js';
import { AuthService, type IssuedTokens } from './auth.service.js';
import { CredentialsService } from './credentials.service.js';
import type { Candidate } from './identities.repository.js';
import { Identities } from './identities.service.js';

const EMAIL = 'customer@example.com';
/** In the second in which the login read the user. */
const CHANGE_PASSWORD = ({ readAt }: Candidate): string =>
  `hashed_password = 'changed', tokens_valid_after = to_timestamp(${readAt})`;
const DISABLE = (): string => 'disabled = true';

describe('a login whose user changes after the password was verified', () => {
  let app: TestApp;
  let auth: AuthService;
  let userColumns: string;

  beforeAll(async () => {
    app = await TestApp.start();
    auth = app.api.get(AuthService, { strict: false });
    const [user] = await app.database.query<{ hashed_password: string }>(
      `SELECT hashed_password FROM users WHERE email = '${EMAIL}'`,
    );
    userColumns = `disabled = false, tokens_valid_after = NULL, hashed_password = '${user?.hashed_password ?? ''}'`;
  });
  afterEach(() => update(userColumns));
  afterAll(() => app.close());

  async function update(changes: string): Promise<void> {
    await app.database.query(`UPDATE users SET ${changes} WHERE email = '${EMAIL}'`);
  }

  /** Logs in, and changes the user between the verification and the issue of tokens. */
  async function logIn(staysLoggedIn: boolean, changes: (user: Candidate) => string): Promise<IssuedTokens> {
    const credentials = app.api.get(CredentialsService, { strict: false });
    const { verify } = credentials;
    credentials.verify = async (given) => {
      const verified = await verify.call(credentials, given);
      await update(changes(verified));
      return verified;
    };
    try {
      const attempt = { email: EMAIL, password: 'customer123', address: '::1', context: TEST_CONTEXT };
      return await auth.logIn({ ...attempt, staysLoggedIn });
    } finally {
      credentials.verify = verify;
    }
  }

  it.each([
    ['the password was changed', CHANGE_PASSWORD],
    ['the user was disabled', DISABLE],
  ])('opens no session if %s', async (_, changes) => {
    await expect(logIn(true, changes)).rejects.toThrow(IncorrectCredentials);

    expect(await app.database.query('SELECT FROM sessions')).toEqual([]);
  });

  it('yields no valid access token if the password was changed', async () => {
    const { accessToken } = await logIn(false, CHANGE_PASSWORD);

    const claims = app.api.get(AccessTokens, { strict: false }).read(claimsOf(accessToken));
    const identities = app.api.get(Identities, { strict: false });
    await expect(identities.identify(claims)).rejects.toThrow(InvalidToken);
  });
});
