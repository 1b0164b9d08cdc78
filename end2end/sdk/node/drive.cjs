// Drives Latchkey with npm cryptolens as published. Usage: drive.cjs READY_JSON all|main
'use strict';
const assert = require('node:assert/strict');
const { createPublicKey, verify } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { Key, Helpers, Data } = require('cryptolens');

const ready = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const [url, token, publicKey, product] = [ready.url, ready.api_token, ready.public_key_xml, ready.products[0].id];
const cases = [];
const add = (main, name, run) => cases.push({ main, name, run });
// The SDK talks to the console.
console.warn = () => {};
const say = console.log;
console.log = () => {};

async function newKey(machines, features = {}) {
  const on = (number) => features[number] ?? false;
  const made = await Key.CreateKey(token, product, 30, 'from node', false, null, false, machines, null, 0, 1,
    on(1), on(2), on(3), on(4), on(5), on(6), on(7), on(8), false, false, url);
  return made.key;
}
const activate = (key, machine, how = {}) =>
  Key.Activate(how.token ?? token, publicKey, product, key, machine, 0, how.metadata ?? false, how.seconds ?? 0, how.overdraft ?? 0, url);
const get = (key, how = {}) => Key.GetKey(how.token ?? token, publicKey, product, key, 0, how.metadata ?? false, url);
const refused = (promise, message) => assert.rejects(promise, (error) => (assert.equal(error.message, message), true));

// What is not of the SDK is asked for here.
async function send(method, address, body, headers = {}) {
  const answer = await fetch(address, {
    method, headers: { 'content-type': 'application/json', ...headers }, body: body && JSON.stringify(body),
  });
  assert.ok(answer.ok, `${method} ${address}: ${answer.status}`);
  return answer;
}
let cookie;
async function staff(method, path, body) {
  if (cookie === undefined) {
    const { email, password } = ready.staff[0];
    const signIn = await send('POST', `${url}/api/v1/staff/sign-in`, { email, password });
    cookie = signIn.headers.getSetCookie().map((it) => it.split(';')[0]).join('; ');
  }
  return (await send(method, `${url}/api/v1${path}`, body, { cookie })).json();
}
const tokenWith = async (scopes, locks = {}) => (await staff('POST', '/tokens', { name: 'node', scopes, ...locks })).token;
// The demo lives in the time of its Stripe stand-in.
const letPass = (seconds) =>
  send('POST', `${ready.stripe_url}/_ctl/advance`, { seconds }, { authorization: `Bearer ${ready.stripe_control_token}` });

// The SDK hands metadata on as they came; programs verify them by themselves.
function verified(metadata) {
  const part = (name) => publicKey.match(new RegExp(`<${name}>(.*?)</${name}>`))[1];
  const base64url = (text) => Buffer.from(text, 'base64').toString('base64url');
  const jwk = { kty: 'RSA', n: base64url(part('Modulus')), e: base64url(part('Exponent')) };
  const signed = JSON.parse(Buffer.from(metadata.signature, 'base64'));
  const data = Buffer.from(signed.Data, 'base64');
  const signature = Buffer.from(signed.Signature, 'base64');
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  assert.equal(verify('sha512', data, key, signature), true, 'the metadata are signed');
  const bent = Buffer.from(data);
  bent[bent.length - 2] ^= 1;
  assert.equal(verify('sha512', bent, key, signature), false, 'and bent ones are not');
  return JSON.parse(data);
}

add(true, 'machines up to the limit, and another after one left', async () => {
  const key = await newKey(1);
  const licence = await activate(key, 'mc1');
  assert.equal(Helpers.IsOnRightMachineCustom(licence, 'mc1', false, false), true);
  assert.equal(Helpers.IsOnRightMachineCustom(licence, 'mc2', false, false), false);
  await refused(activate(key, 'mc2'), 'Cannot activate the new device as the limit has been reached.');
  await Key.Deactivate(token, product, key, 'mc1', false, null, url);
  await refused(Key.Deactivate(token, product, key, 'mc1', false, null, url),
    'Either the machine code was never activated or key activation feature was never set up.');
  await activate(key, 'mc2');
});

add(true, 'floating seats and the overdraft', async () => {
  const key = await newKey(1);
  const seat = { seconds: 300, overdraft: 1 };
  const held = await activate(key, 'mc1', seat);
  assert.equal(Helpers.IsOnRightMachineCustom(held, 'mc1', true, false), true);
  const beyond = await activate(key, 'mc2', seat);
  assert.equal(Helpers.IsOnRightMachineCustom(beyond, 'mc2', true, true), true);
  await refused(activate(key, 'mc3', seat), 'Cannot activate the new device as the limit has been reached.');
});

add(true, "GetKey's refusals come with their words", async () => {
  const key = await newKey(0, { 2: true });
  const licence = await Key.GetKey(token, publicKey, product, key, 0, false, url);
  assert.equal(licence.Key, key);
  assert.deepEqual([licence.F1, licence.F2], [false, true]);
  assert.deepEqual(Object.keys(licence).slice(-2), ['SignDate', 'RawResponse'], 'model version 1 has no reseller');
  await refused(Key.GetKey(token, publicKey, product, 'AAAAA-AAAAA-AAAAA-AAAAA', 0, false, url), 'Could not find the key.');
  await refused(Key.GetKey('WyIxIiwieCJd', publicKey, product, key, 0, false, url), 'Unable to authenticate.');
});

add(false, 'an offline copy is read again, a bent one is not', async () => {
  const key = await newKey(1);
  const licence = await activate(key, 'mc1');
  const saved = Helpers.SaveAsString(licence);
  assert.equal(Helpers.LoadFromString(publicKey, saved, 30).Key, key);
  const bent = JSON.parse(saved);
  bent.licenseKey = bent.licenseKey.replace(/^.{8}/, 'eyJQcm9k').slice(0, -4) + 'fX0=';
  assert.equal(Helpers.LoadFromString(publicKey, JSON.stringify(bent), 30), null);
  assert.equal(Helpers.HasNotExpired(licence), true);
});

add(false, 'changes of a key', async () => {
  const key = await newKey(0);
  const before = await Key.GetKey(token, publicKey, product, key, 0, false, url);
  await Key.ExtendLicense(token, product, key, 30, url);
  await Key.AddFeature(token, product, key, 2, url);
  await Key.ChangeNotes(token, product, key, 'näher', url);
  const after = await Key.GetKey(token, publicKey, product, key, 0, false, url);
  assert.equal(after.Expires - before.Expires, 30 * 86400);
  assert.deepEqual([after.F2, after.Notes, Helpers.HasFeature(after, 2)], [true, 'näher', true]);
  await Key.RemoveFeature(token, product, key, 2, url);
  assert.equal((await Key.GetKey(token, publicKey, product, key, 0, false, url)).F2, false);
});

add(false, 'trial keys, and data objects without a text', async () => {
  const first = await Key.CreateTrialKey(token, product, 'node-machine', url);
  assert.equal(await Key.CreateTrialKey(token, product, 'node-machine', url), first);
  const features = JSON.stringify(['f1', ['f2', [['voice', ['all']]]]]);
  await Data.AddDataObjectToKey(token, product, first, false, 'cryptolens_features', features, 0, url);
  await Data.AddDataObjectToKey(token, product, first, false, 'empty', null, 5, url);
  const licence = await Key.GetKey(token, publicKey, product, first, 0, false, url);
  assert.deepEqual(licence.DataObjects.map((it) => [it.Name, it.StringValue, it.IntValue]),
    [['cryptolens_features', features, 0], ['empty', '', 5]]);
  assert.equal(Helpers.HasFeature(licence, 'f2.voice.all'), true);
  assert.equal(Helpers.HasFeature(licence, 'f2.image'), false);
});

add(false, 'a key from a template', async () => {
  const made = await staff('POST', `/products/${product}/templates`, { name: 'Node', params: '{"F5":true}' });
  const key = await Key.CreateKeyFromTemplate(token, made.id, url);
  assert.equal((await get(key)).F5, true);
});

add(true, 'a blocked key is read and not activated', async () => {
  const key = await newKey(1);
  await staff('POST', `/keys/${(await get(key)).GlobalId}/block`, { blocked: true });
  const licence = await get(key, { metadata: true });
  assert.equal(licence.Block, true);
  const { LicenseStatus } = verified(licence.RawResponse.metadata);
  assert.deepEqual([LicenseStatus.IsValid, LicenseStatus.ReasonForInvalidity], [false, 2]);
  await refused(activate(key, 'mc1'), 'The key is blocked and cannot be accessed.');
  await refused(Key.ExtendLicense('WyIxIiwieCJd', product, key, 1, url), 'Unable to authenticate.');
});

add(true, 'tokens that are wrong, locked or lack the scope', async () => {
  const key = await newKey(1);
  const other = ready.products[1].id;
  for (const wrong of ['WyIxIiwieCJd', 'no token', '']) {
    await refused(activate(key, 'mc1', { token: wrong }), 'Unable to authenticate.');
    await refused(get(key, { token: wrong }), 'Unable to authenticate.');
  }
  const locked = await tokenWith(['Activate', 'GetKey'], { product_lock: other });
  await refused(activate(key, 'mc1', { token: locked }), 'Access denied.');
  await refused(get(key, { token: locked }), 'Access denied.');
  const narrow = await tokenWith(['GetKey']);
  await refused(activate(key, 'mc1', { token: narrow }), 'Access denied.');
  assert.equal((await get(key, { token: narrow })).Key, key);
  const own = await tokenWith(['Activate'], { product_lock: product });
  assert.equal((await activate(key, 'mc1', { token: own })).Key, key);
});

// Time passes from here on.
add(true, 'metadata are signed, also of a key that has expired', async () => {
  const key = await newKey(3);
  const fresh = verified((await activate(key, 'mc1', { metadata: true })).RawResponse.metadata);
  assert.deepEqual([fresh.ActivatedMachines, fresh.UsedFloatingMachines], [1, 0]);
  assert.deepEqual([fresh.LicenseStatus.IsValid, fresh.LicenseStatus.TimeLimited, fresh.LicenseStatus.TimeLeft], [true, true, 30]);
  await letPass(31 * 86400);
  const licence = await activate(key, 'mc2', { metadata: true });
  const over = verified(licence.RawResponse.metadata);
  assert.deepEqual([over.ActivatedMachines, over.LicenseStatus.IsValid, over.LicenseStatus.ReasonForInvalidity, over.LicenseStatus.TimeLeft],
    [2, false, 1, 0]);
  assert.ok(licence.Expires < licence.SignDate, 'an expired key is not refused; the program decides');
});

(async () => {
  const chosen = cases.filter((it) => process.argv[3] === 'all' || it.main);
  let failed = 0;
  for (const [index, { name, run }] of chosen.entries()) {
    try {
      await run();
      say(`ok ${index + 1} - ${name}`);
    } catch (error) {
      failed += 1;
      say(`not ok ${index + 1} - ${name}: ${error.stack}`);
    }
  }
  say(`# pass ${chosen.length - failed}\n# fail ${failed}`);
  process.exitCode = failed ? 1 : 0;
})();
