import 'reflect-metadata';
import { startProcess } from '#config';
import { UsersService } from '#users';
import { withContext } from './command-context.js';
import { readNewPassword } from './new-password.js';
import { readEmail } from './user-options.js';

await startProcess(async () => {
  const email = readEmail('user:password', process.argv.slice(2));
  const { password, notice } = await readNewPassword(email, process.stdin, process.stderr);
  await withContext(async (context) => {
    await context.get(UsersService, { strict: false }).resetPassword(email, password);
    console.log(`Changed the password of ${email}, and ended all sessions.${notice}`);
  });
});
