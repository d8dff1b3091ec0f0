import 'reflect-metadata';
import { startProcess, StartupError } from '#config';
import { AuthService } from '#auth';
import { withContext } from './command-context.js';
import { readNewUser } from './new-user.js';

await startProcess(async () => {
  const { generated, ...user } = await readNewUser(process.argv.slice(2), process.stdin);
  await withContext(async (context) => {
    const added = await context.get(AuthService, { strict: false }).register(user);
    if (!added)
      throw new StartupError(`A user with the e-mail ${user.email} exists already: nothing was changed`);
    console.log(`Created the ${user.role} ${user.email}.`);
    if (generated) console.log(`Password: ${user.password}   (it is not shown again)`);
  });
});
