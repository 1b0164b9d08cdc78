// Signs the demo's people in over HTTP, for tests and pictures that are about what comes afterwards.

/**
 * @typedef {{ email: string, password: string }} SignIn
 * @typedef {object} Demo what `latchkey demo --json` says, as far as it is needed here
 * @property {string} url
 * @property {(SignIn & { role: string })[]} staff
 * @property {SignIn[]} customers
 * @property {{ id: number, name: string }[]} products
 */

/**
 * @param {import('playwright-core').APIRequestContext} request its cookies are signed in afterwards
 * @param {string} address
 * @param {SignIn} person
 */
async function signIn(request, address, { email, password }) {
  const answer = await request.post(address, { data: { email, password } });
  if (!answer.ok()) throw new Error(`${address} answered ${answer.status()} to ${email}: ${await answer.text()}`);
}

/**
 * @param {import('playwright-core').APIRequestContext} request
 * @param {Demo} demo
 * @param {string} [role]
 */
export async function signInStaff(request, demo, role = 'owner') {
  const person = demo.staff.find((staff) => staff.role === role);
  if (!person) throw new Error(`the demo has no staff sign-in with role ${role}`);
  await signIn(request, `${demo.url}/api/v1/staff/sign-in`, person);
}

/**
 * @param {import('playwright-core').APIRequestContext} request
 * @param {Demo} demo
 * @param {number} [which] the place in the demo's list of customers
 */
export async function signInCustomer(request, demo, which = 0) {
  const person = demo.customers[which];
  if (!person) throw new Error(`the demo has no customer sign-in number ${which}`);
  await signIn(request, `${demo.url}/api/v1/portal/sign-in`, person);
}
