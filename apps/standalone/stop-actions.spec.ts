import { StopActions } from './stop-actions.js';

describe('StopActions', () => {
  it('runs all actions, the last one first, and throws the first failure', async () => {
    const ran: string[] = [];
    const actions = new StopActions();
    for (const part of ['PostgreSQL', 'the API', 'the worker'])
      actions.add(() => {
        ran.push(part);
        return part === 'PostgreSQL' ? Promise.resolve() : Promise.reject(new Error(part));
      });

    await expect(actions.run()).rejects.toThrow('the worker');

    expect(ran).toEqual(['the worker', 'the API', 'PostgreSQL']);
  });

  it('runs each action only once', async () => {
    let runs = 0;
    const actions = new StopActions();
    actions.add(() => {
      runs++;
      return Promise.resolve();
    });

    await actions.run();
    await actions.run();

    expect(runs).toBe(1);
  });
});
