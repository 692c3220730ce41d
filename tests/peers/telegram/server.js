// telegram-test-api behind a front: `node server.js` prints its address.
//
// The front mends what the package answers differently from Telegram (fields that python-telegram-bot insists on, the
// offset of getUpdates, the secret of a webhook), takes the methods that it lacks, keeps a list of all calls, and can be
// told to fail as Telegram or the network does. What a message looks like to the person is the package's own.
//
//   POST /front/fail    {method, times, status?, body?, drop?: "before" | "after"}   the next calls of a method fail
//   POST /front/mend     no call fails any more
//   POST /front/update  an update of a kind that the package can't make: an edit, a message in a group
//   GET  /front/calls   all calls so far: [{method, body}]
'use strict';
const http = require('http');
const { once } = require('events');
const TelegramServer = require('telegram-test-api');
const axios = require('axios');

const ME = { id: 666, is_bot: true, first_name: 'Plansvar', username: 'plansvar_bot' };
const POLL = 1000; // ms that getUpdates waits for something to tell
const ours = new Set(['sendChatAction', 'setMyCommands', 'sendDocument', 'getMe']);
const calls = [];
const failures = [];
let documents = 0;

const server = new TelegramServer({ storage: 'RAM' });
server.setMaxListeners(0);
const secrets = new Map(); // of webhooks, by address

const setWebhook = server.setWebhook.bind(server);
server.setWebhook = (hook, token) => {
  secrets.set(hook.url, hook.secret_token);
  setWebhook(hook, token);
};
axios.interceptors.request.use((request) => {
  if (secrets.get(request.url)) request.headers['X-Telegram-Bot-Api-Secret-Token'] = secrets.get(request.url);
  return request;
});

const formatUpdate = TelegramServer.formatUpdate;
TelegramServer.formatUpdate = (update) => {
  if (update.raw) return update.raw;
  const told = formatUpdate(update);
  if (told.callback_query) told.callback_query.chat_instance = '1';
  return told;
};

function text(request) {
  return new Promise((done) => {
    const parts = [];
    request.on('data', (part) => parts.push(part)).on('end', () => done(Buffer.concat(parts).toString()));
  });
}

function answer(response, status, body) {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

function fields(request, body) {
  if ((request.headers['content-type'] || '').startsWith('multipart/')) return { multipart: body };
  return Object.fromEntries(new URLSearchParams(body));
}

async function updates(token, body) {
  const waiting = () => server.storage.userMessages.filter(
    (each) => each.botToken === token && each.updateId >= Number(body.offset || 0),
  );
  if (!waiting().length && Number(body.timeout)) {
    await Promise.race([server.waitUserMessage(), new Promise((done) => setTimeout(done, POLL))]);
  }
  return waiting().map(TelegramServer.formatUpdate);
}

function mend(method, body) {
  if (body.result === null) body.result = true;
  if (method === 'sendMessage' && body.ok) {
    body.result.date = Math.floor(body.result.date / 1000);
    body.result.from = ME;
    for (const name of ['entities', 'link_preview_options', 'reply_parameters']) delete body.result[name];
  }
  return body;
}

// Lets the package answer, then mends its answer.
function pass(request, response, method, body, dropped) {
  const end = response.end.bind(response);
  response.end = (chunk, ...rest) => {
    if (dropped) return request.socket.destroy();
    let told = chunk;
    try {
      told = JSON.stringify(mend(method, JSON.parse(String(chunk))));
      response.setHeader('Content-Length', Buffer.byteLength(told));
    } catch { /* not JSON: as it is */ }
    return end(told, ...rest);
  };
  request.body = body;
  request._body = true; // read already
  server.webServer(request, response);
}

async function call(request, response, token, method) {
  const body = fields(request, await text(request));
  if (method !== 'getUpdates') calls.push({ method, body: { ...body } });
  const failing = failures.find((each) => each.method === method && each.times > 0);
  if (failing) {
    failing.times -= 1;
    if (failing.drop === 'before') return request.socket.destroy();
    if (!failing.drop) return answer(response, failing.status, failing.body);
  }
  if (method === 'getUpdates') return answer(response, 200, { ok: true, result: await updates(token, body) });
  if (!ours.has(method)) return pass(request, response, method, body, Boolean(failing));
  if (method === 'getMe') return answer(response, 200, { ok: true, result: ME });
  if (method !== 'sendDocument') return answer(response, 200, { ok: true, result: true });
  documents += 1;
  const sent = { message_id: 1e6 + documents, date: 1, chat: { id: 1, type: 'private', first_name: 'x' }, from: ME };
  return answer(response, 200, { ok: true, result: sent });
}

async function update(request, response) {
  const raw = JSON.parse(await text(request));
  const token = new URL(request.url, 'http://front').searchParams.get('token');
  const hook = server.webhooks[token];
  if (hook) await axios.post(hook.url, raw);
  else {
    server.storage.userMessages.push({ raw, botToken: token, updateId: server.updateId, time: Date.now() });
    raw.update_id = server.updateId; // they go up, whatever the test says
    server.updateId += 1;
    server.emit('AddedUserMessage');
  }
  return answer(response, 200, { ok: true });
}

async function front(request, response) {
  const path = request.url.split('?')[0];
  const bot = /^\/bot([^/]+)\/(\w+)/.exec(path);
  if (bot) return call(request, response, bot[1], bot[2]);
  if (path === '/front/calls') return answer(response, 200, calls);
  if (path === '/front/update') return update(request, response);
  if (path === '/front/mend') {
    failures.length = 0;
    return answer(response, 200, { ok: true });
  }
  if (path === '/front/fail') {
    failures.push(JSON.parse(await text(request)));
    return answer(response, 200, { ok: true });
  }
  return server.webServer(request, response);
}

process.on('unhandledRejection', (error) => console.error(String(error.message || error))); // a refused webhook
const listening = http.createServer(front).listen(0, '127.0.0.1');
once(listening, 'listening').then(() => console.log(`http://127.0.0.1:${listening.address().port}`));
