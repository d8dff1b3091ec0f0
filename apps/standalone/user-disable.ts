import 'reflect-metadata';
import { startProcess } from '#config';
import { UsersService } from '#users';
import { withContext } from './command-context.js';
import { readEmail } from './user-options.js';

await startProcess(async () => {
  const email = readEmail('user:disable', process.argv.slice(2));
  await withContext(async (context) => {
    const users = context.get(UsersService, { strict: false });
    const { id } = await users.getByEmail(email);
    await users.update(id, { disabled: true }, null);
    console.log(`Disabled ${email}, and ended all sessions.`);
  });
});
