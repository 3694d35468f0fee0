// Signing in, as people do it.
export async function signInAtHub(page, person) {
  await page.getByLabel("E-mail address").fill(person.email);
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

export async function signInAtSuite(page, { url, administrator }) {
  await page.goto(`${url}/`);
  await page.getByLabel("E-mail address").fill(administrator.email);
  await page.getByLabel("Password", { exact: true }).fill(administrator.password);
  await page.getByRole("button", { name: "Sign in" }).click();
}
