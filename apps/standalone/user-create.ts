import 'reflect-metadata';
import { startProcess } from '#config';
import { UsersService } from '#users';
import { withContext } from './command-context.js';
import { readNewPassword } from './new-password.js';
import { readEmailAndRole } from './user-options.js';

await startProcess(async () => {
  const { email, role } = readEmailAndRole('user:create', process.argv.slice(2));
  const { password, notice } = await readNewPassword(email, process.stdin, process.stderr);
  await withContext(async (context) => {
    await context.get(UsersService, { strict: false }).create({ email, role, password }, null);
    console.log(`Created the ${role} ${email}.${notice}`);
  });
});
