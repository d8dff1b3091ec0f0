/** A new connection leads to a server that cannot serve the program, such as a standby. */
export class UnsuitableServer extends Error {
  constructor(target: string) {
    super(`The server is not what target_session_attrs=${target} asks for`);
  }
}
