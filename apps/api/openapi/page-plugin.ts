type Component = (system: System) => unknown;

/** What the plugin uses of Swagger UI. */
interface System {
  React: {
    createElement: (type: string, properties: object | null, ...children: unknown[]) => unknown;
    useRef: () => { current?: Dialog | null };
    useState: <Value>(initial: Value) => [value: Value, set: (value: Value) => void];
    useEffect: (effect: () => void, dependencies: unknown[]) => void;
  };
  specSelectors: { specJson(): { getIn(path: (string | number)[]): string } };
  authSelectors: { authorized(): { has(scheme: string): boolean } };
  authActions: {
    authorizeOauth2(login: { auth: object; token: object }): void;
    logout(schemes: string[]): void;
    showDefinitions(shown: false): void;
  };
}

interface Field {
  preventDefault(): void;
  target: { value: string };
}

interface Dialog {
  showModal(): void;
  close(): void;
}

interface Parameter {
  in: string;
  schema?: { format?: string };
  example?: string;
}

interface Spec {
  paths: Record<string, Record<string, { parameters?: Parameter[] }>>;
}

declare const window: { location: { href: string } };

/**
 * A plugin of Swagger UI, which runs in the browser. Authorize asks for e-mail and password, and shows the API's sentence if they are
 * wrong; Swagger UI's own form asks for an OAuth2 client, and shows only the status. Days in paths are prefilled with today. Streams cannot
 * be tried out, because they never end. The page's script contains the text of this function, so it uses nothing outside itself.
 */
/* istanbul ignore next: counters would not work in the browser. */
export function pagePlugin({ React: react }: System): object {
  const { createElement: h, useEffect, useRef, useState } = react;

  /** Returns why the login failed, or undefined. */
  async function logIn(system: System, username: string, password: string): Promise<string | undefined> {
    const read = (...path: (string | number)[]): string => system.specSelectors.specJson().getIn(path);
    const server = new URL(read('servers', 0, 'url'), window.location.href);
    const tokenUrl = read('components', 'securitySchemes', 'oauth2', 'flows', 'password', 'tokenUrl');
    try {
      const body = new URLSearchParams({ grant_type: 'password', username, password });
      const response = await fetch(new URL(tokenUrl, server), { method: 'POST', body });
      const answer: unknown = await response.json();
      if (typeof answer !== 'object' || answer === null) throw new Error('Not an object');
      if (!response.ok) return 'detail' in answer ? String(answer.detail) : response.statusText;
      const schema = { type: 'oauth2', flow: 'password' };
      system.authActions.authorizeOauth2({ auth: { name: 'oauth2', schema }, token: answer });
      return undefined;
    } catch {
      return 'The API cannot be reached. Try again.';
    }
  }

  const Popup: Component = (system) => {
    const [email, setEmail] = useState('');
    const [password, setPassword] = useState('');
    const [failure, setFailure] = useState<string | undefined>(undefined);
    const [isBusy, setBusy] = useState(false);
    const isLoggedIn = system.authSelectors.authorized().has('oauth2');
    const dialog = useRef();
    useEffect(() => dialog.current?.showModal(), []);
    const hide = (): void => system.authActions.showDefinitions(false);
    // The browser then gives the focus back to Authorize.
    const close = (): void => dialog.current?.close();

    async function submit(event: Field): Promise<void> {
      event.preventDefault();
      setBusy(true);
      const problem = await logIn(system, email, password);
      setBusy(false);
      setFailure(problem);
      if (problem === undefined) close();
    }
    function logOut(): void {
      system.authActions.logout(['oauth2']);
      close();
    }
    const field = (label: string, properties: object, set: (value: string) => void): unknown =>
      h(
        'label',
        null,
        label,
        h('input', { ...properties, required: true, onChange: ({ target }: Field) => set(target.value) }),
      );
    const button = (text: string, properties: object): unknown =>
      h('button', { type: 'button', className: 'btn modal-btn', ...properties }, text);

    // Browsers refuse an e-mail such as jörg@example.com in a field of the type email.
    const emailField = {
      type: 'text',
      inputMode: 'email',
      autoCapitalize: 'none',
      autoComplete: 'username',
      autoFocus: true,
      value: email,
    };
    const fields = [
      field('E-mail', emailField, setEmail),
      field('Password', { type: 'password', value: password, autoComplete: 'current-password' }, setPassword),
      h('p', { role: 'alert' }, failure),
    ];
    const action = isLoggedIn
      ? button('Log out', { onClick: logOut, autoFocus: true })
      : button('Log in', { type: 'submit', className: 'btn modal-btn authorize', disabled: isBusy });
    return h(
      'dialog',
      { ref: dialog, className: 'login', 'aria-label': 'Log in', onClose: hide },
      h(
        'form',
        { onSubmit: submit },
        h('h3', null, 'Log in'),
        ...(isLoggedIn ? [h('p', null, 'You are logged in, in this tab only.')] : fields),
        h('div', { className: 'buttons' }, action, button('Close', { onClick: close })),
      ),
    );
  };

  const withToday = (update: (spec: Spec) => unknown) => (spec: Spec) => {
    // The Swedish way to write a date is that of ISO 8601.
    const example = new Date().toLocaleDateString('sv');
    for (const operation of Object.values(spec.paths).flatMap((item) => Object.values(item)))
      for (const parameter of operation.parameters ?? [])
        if (parameter.in === 'path' && parameter.schema?.format === 'date') parameter.example = example;
    return update(spec);
  };
  const isNoStream = () => (_state: unknown, path: string) => !path.endsWith('/stream');
  return {
    components: { authorizationPopup: Popup },
    statePlugins: {
      spec: { wrapSelectors: { allowTryItOutFor: isNoStream }, wrapActions: { updateJsonSpec: withToday } },
    },
  };
}
