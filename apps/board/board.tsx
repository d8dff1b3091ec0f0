import { render } from 'preact';
import { App } from './components/app.js';

/** The server writes where the API is, relative to this page. */
const api = document.querySelector<HTMLMetaElement>('meta[name="api"]')?.content ?? '';
const url = new URL(api, document.baseURI).href.replace(/\/$/, '');

const place = document.querySelector('#board');
if (place) render(<App api={url} />, place);
