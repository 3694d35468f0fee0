// Every area of the API as a program of the JavaScript SDK comes to it: `webex.people` apart, the SDK has no methods for them, but
// its `request` knows the services by the catalogue, signs every call and reads every answer.
const { randomUUID } = require("node:crypto");

const OPERATIONS = ["list", "page", "get", "create", "update", "delete", "wrongScope", "deadToken", "notFound"];
const hydraId = (kind) => Buffer.from(`ciscospark://us/${kind}/${randomUUID()}`).toString("base64url");
const fresh = (what) => `${what} ${randomUUID().slice(0, 8)}`;
const extension = (() => { let next = 960_000; return () => String(next++); })();
const phone = (() => { let next = 1000; return () => `+1617557${next++}`; })();
const items = (body) => Object.values(body).find(Array.isArray) ?? [];

/**
 * What each area needs. `list` and `one` are addresses; `body` makes one; `change` is sent by `verb`. `shown` is where the answer has
 * the name. An area without `body` has nothing that a program makes; one without `small` is listed whole by Webex.
 */
function areasOf({ location, hours, heidi, domain, organization }) {
  const config = "telephony/config";
  const at = `${config}/locations/${location}`;
  const business = "businessHours";
  const scim = (what) => ({ service: "identity", list: `identity/scim/${organization}/v2/${what}`, make: `identity/scim/${organization}/v2/${what}`, one: (id) => `identity/scim/${organization}/v2/${what}/${id}`, shown: "displayName", small: { count: 2 }, nobody: randomUUID() });
  const feature = (name, kind, body) => ({ list: `${config}/${name}`, make: `${at}/${name}`, one: (id, where = location) => `${config}/locations/${where}/${name}/${id}`, shown: "name", body, verb: "PUT", change: (what) => ({ name: what }), small: { max: 1 }, nobody: hydraId(kind) });
  // A queue with Customer Assist is asked for by name.
  const assist = { hasCxEssentials: true };
  const calling = { callPolicies: { policy: "CIRCULAR", callBounce: { callBounceEnabled: false } } };
  const queue = (name) => ({ name, extension: extension(), ...calling, queueSettings: { queueSize: 5 }, agents: [] });
  const menu = { greeting: "DEFAULT", extensionEnabled: true, keyConfigurations: [{ key: "0", action: "EXIT" }] };
  const person = (name) => ({ emails: [`${randomUUID().slice(0, 12)}@${domain}`], displayName: name });
  return {
    people: { list: "people", one: (id) => `people/${id}`, shown: "displayName", body: person, verb: "PUT", change: person, small: { max: 20 }, nobody: hydraId("PEOPLE") },
    locations: {
      list: "locations", one: (id) => `locations/${id}`, shown: "name", verb: "PUT", change: (name) => ({ name }), small: { max: 1 }, nobody: hydraId("LOCATION"),
      body: (name) => ({ name, timeZone: "America/New_York", preferredLanguage: "en_US", announcementLanguage: "en_us", address: { address1: "1 Main Street", city: "Boston", state: "MA", postalCode: "02110", country: "US" } }),
    },
    workspaces: { list: "workspaces", one: (id) => `workspaces/${id}`, shown: "displayName", body: (displayName) => ({ displayName }), verb: "PUT", change: (displayName) => ({ displayName }), small: { max: 1 }, nobody: hydraId("PLACE") },
    groups: { list: "groups", one: (id) => `groups/${id}`, shown: "displayName", body: (displayName) => ({ displayName }), verb: "PATCH", change: (displayName) => ({ displayName }), small: { count: 1 }, nobody: randomUUID() },
    "hunt groups": feature("huntGroups", "HUNT_GROUP", (name) => ({ name, extension: extension(), ...calling, agents: [] })),
    "call queues": feature("queues", "CALL_QUEUE", queue),
    "Customer Assist": { ...feature("queues", "CALL_QUEUE", queue), further: assist },
    "auto attendants": feature("autoAttendants", "AUTO_ATTENDANT", (name) => ({ name, extension: extension(), businessSchedule: hours, businessHoursMenu: menu, afterHoursMenu: menu })),
    schedules: {
      list: `${at}/schedules`, one: (id) => `${at}/schedules/${business}/${id}`, shown: "name", body: (name) => ({ name, type: business }), verb: "PUT",
      change: (name, before) => ({ name: before, newName: name }), small: { max: 1 }, nobody: Buffer.from("nothing").toString("base64url"), of: (entry) => entry.type === business,
    },
    "virtual lines": { list: `${config}/virtualLines`, one: (id) => `${config}/virtualLines/${id}`, shown: "lastName", body: (lastName) => ({ firstName: "Virtual", lastName, locationId: location, extension: extension() }), verb: "PUT", change: (lastName) => ({ lastName }), small: { max: 1 }, nobody: hydraId("VIRTUAL_LINE") },
    "SCIM users": { ...scim("Users"), body: (displayName) => ({ schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"], userName: person("").emails[0], userType: "user", displayName }), verb: "PATCH", change: (value) => ({ schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations: [{ op: "replace", path: "displayName", value }] }) },
    "SCIM groups": { ...scim("Groups"), body: (displayName) => ({ schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"], displayName }), verb: "PATCH", change: (value) => ({ schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations: [{ op: "replace", path: "displayName", value }] }) },
    // A number has no address: it is found or not. What is not there is the location.
    numbers: {
      list: `${config}/numbers`, one: (place) => `${config}/locations/${place}/numbers`, small: { max: 5 }, nobody: hydraId("LOCATION"), some: location,
      identity: (entry) => `${entry.location.id} ${entry.phoneNumber ?? entry.esn ?? entry.extension}`,
      own: ({ ask, admin, entries, refused }) => {
        const find = async (phoneNumber) => entries({ phoneNumber });
        const send = (webex, method, place, body) => ask(webex, method, `${config}/locations/${place}/numbers`, { body });
        const calls = (webex, place, number = phone()) => [
          () => send(webex, "POST", place, { phoneNumbers: [number], state: "INACTIVE" }),
          () => send(webex, "PUT", place, { phoneNumbers: [number], action: "ACTIVATE" }),
          () => send(webex, "DELETE", place, { phoneNumbers: [number] }),
        ];
        const life = async () => {
          const number = phone();
          const [add, activate, remove] = calls(admin, location, number);
          await add();
          const [added] = await find(number);
          await activate();
          const [activated] = await find(number);
          await remove();
          must(added.state === "INACTIVE" && activated.state === "ACTIVE" && (await find(number)).length === 0, "a state of before");
          await refused(400, remove);
        };
        return {
          get: async () => { const one = (await entries()).find((entry) => entry.phoneNumber); must((await find(one.phoneNumber))[0].location.id === one.location.id, "another one"); },
          create: life, update: life, delete: life,
          wrongScope: async (narrow) => { for (const call of [() => ask(narrow, "GET", `${config}/numbers`), ...calls(narrow, location)]) await refused(403, call); },
          deadToken: async (dead) => { for (const call of [() => ask(dead, "GET", `${config}/numbers`), ...calls(dead, location)]) await refused(401, call); },
          notFound: async () => { for (const call of calls(admin, hydraId("LOCATION"))) await refused(404, call); },
        };
      },
    },
    // Settings are there from the day of the licence; what is listed is whom a person could monitor.
    "person call settings": {
      list: `${config}/people/${heidi}/monitoring/availableMembers`, small: { max: 20 },
      own: ({ ask, admin, refused }) => {
        const at = (person, setting) => `people/${person}/features/${setting}`;
        const off = { enabled: false, destination: "", destinationVoicemailEnabled: false };
        const forwarding = (destination) => ({
          callForwarding: {
            always: { ...off, enabled: Boolean(destination), destination, ringReminderEnabled: false },
            busy: off,
            noAnswer: { ...off, numberOfRings: 3, systemMaxNumberOfRings: 20 },
          },
          businessContinuity: off,
        });
        const settings = ["callForwarding", "voicemail", "doNotDisturb", "callWaiting", "callerId", "monitoring", "numbers"];
        const calls = (webex, person) => [
          ...settings.map((setting) => () => ask(webex, "GET", at(person, setting))),
          () => ask(webex, "PUT", at(person, "callForwarding"), { body: forwarding("+16175550177") }),
          () => ask(webex, "PUT", at(person, "doNotDisturb"), { body: { enabled: false, ringSplashEnabled: false } }),
        ];
        return {
          get: async () => { for (const setting of settings) must(Object.keys((await ask(admin, "GET", at(heidi, setting))).body).length > 0, setting); },
          update: async () => {
            const change = async (number) => {
              await ask(admin, "PUT", at(heidi, "callForwarding"), { body: forwarding(number) });
              return (await ask(admin, "GET", at(heidi, "callForwarding"))).body.callForwarding.always;
            };
            must((await change("+16175550177")).destination === "+16175550177" && !(await change("")).enabled, "the settings of before");
          },
          wrongScope: async (narrow) => { for (const call of calls(narrow, heidi)) await refused(403, call); },
          deadToken: async (dead) => { for (const call of calls(dead, heidi)) await refused(401, call); },
          notFound: async () => { for (const call of calls(admin, hydraId("PEOPLE"))) await refused(404, call); },
        };
      },
    },
    roles: { list: "roles", one: (id) => `roles/${id}`, shown: "name", nobody: hydraId("ROLE") },
    licences: { list: "licenses", one: (id) => `licenses/${id}`, shown: "name", nobody: hydraId("LICENSE") },
    organizations: { list: "organizations", one: (id) => `organizations/${id}`, shown: "displayName", nobody: hydraId("ORGANIZATION") },
  };
}

const must = (holds, what) => { if (!holds) throw new Error(what); };

/** What is done in each area; each operation throws where the Hub does not do what it should. */
function checks(area, { admin, narrow, dead }, hosts) {
  const service = area.service ?? "hydra";
  const sent = async (webex, request) => {
    const answer = await webex.request(request);
    hosts.add(new URL(answer.options.uri).host);
    return answer;
  };
  const ask = (webex, method, resource, { qs, ...further } = {}) => sent(webex, { method, service, resource, qs: { ...area.further, ...qs }, ...further });
  const refused = async (status, call) => {
    const error = await call().then((answer) => ({ statusCode: answer.statusCode }), (reason) => reason);
    must(error.statusCode === status, `${error.statusCode} in place of ${status}: ${String(error.message).split("\n")[0]}`);
  };
  const entries = async (qs = {}) => items((await ask(admin, "GET", area.list, { qs })).body).filter(area.of ?? (() => true));
  const path = (entry) => area.one(entry.id, entry.locationId);
  const read = async (id) => (await ask(admin, "GET", area.one(id))).body[area.shown];
  const make = async () => {
    const name = fresh("Trial");
    return { name, id: (await ask(admin, "POST", area.make ?? area.list, { body: area.body(name) })).body.id };
  };
  const drop = (id) => ask(admin, "DELETE", area.one(id));
  const everything = (webex, one) => [
    () => ask(webex, "GET", area.list), () => ask(webex, "GET", one),
    ...(area.body ? [() => ask(webex, "POST", area.make ?? area.list, { body: area.body(fresh("Never")) }), () => ask(webex, area.verb, one, { body: area.change(fresh("Never"), "Trial") }), () => ask(webex, "DELETE", one)] : []),
  ];
  const all = {
    list: async () => must((await entries()).every((entry) => entry.id && entry[area.shown] !== ""), "an entry without id or name"),
    get: async () => { const [entry] = await entries(); must((await ask(admin, "GET", path(entry))).body.id === entry.id, "another one"); },
    wrongScope: async () => { const [entry] = await entries(); for (const call of everything(narrow, path(entry))) await refused(403, call); },
    deadToken: async () => { const [entry] = await entries(); for (const call of everything(dead, path(entry))) await refused(401, call); },
    notFound: async () => { for (const call of everything(admin, area.one(area.nobody)).filter((_, position) => ![0, 2].includes(position))) await refused(404, call); },
  };
  if (area.small) {
    // One more than there is, so that there is a second page.
    all.page = async () => { if (!area.body) return page(); const { id } = await make(); try { return await page(); } finally { await drop(id); } };
    const page = async () => {
      const identity = area.identity ?? ((entry) => entry.id);
      const whole = items((await ask(admin, "GET", area.list)).body).map(identity);
      const found = [];
      let [answer, pages] = [await ask(admin, "GET", area.list, { qs: area.small }), 0];
      for (; answer; pages += 1) {
        found.push(...items(answer.body).map(identity));
        const next = /<([^>]+)>;\s*rel="next"/.exec(answer.headers.link ?? "")?.[1];
        // SCIM has no Link: one counts.
        const counted = area.service && found.length < answer.body.totalResults && { qs: { ...area.small, startIndex: found.length + 1 } };
        if (next) answer = await sent(admin, { uri: next });
        else answer = counted ? await ask(admin, "GET", area.list, counted) : undefined;
      }
      must(pages > 1 && new Set(found).size === found.length && whole.every((id) => found.includes(id)), `${pages} pages: ${found.length} of ${whole.length}`);
    };
  }
  if (area.body) {
    all.create = async () => { const { id, name } = await make(); try { must((await read(id)) === name, "another name"); } finally { await drop(id); } };
    all.update = async () => {
      let { id, name } = await make();
      const wanted = fresh("Changed");
      id = (await ask(admin, area.verb, area.one(id), { body: area.change(wanted, name) })).body?.id ?? id;
      try { must((await read(id)) === wanted, "the name of before"); } finally { await drop(id); }
    };
    all.delete = async () => { const { id } = await make(); await drop(id); await refused(404, () => read(id)); await refused(404, () => drop(id)); };
  }
  if (area.own) {
    const { list, page } = { ...all, list: async () => must((await entries()).length > 0, "nothing is listed") };
    const { wrongScope, deadToken, ...own } = area.own({ ask, admin, entries, refused });
    return { list, page, ...own, wrongScope: () => wrongScope(narrow), deadToken: () => deadToken(dead) };
  }
  return all;
}

/** For every area and operation "done", what went wrong, or "not offered" by Webex; and which hosts were asked. */
async function everyArea(clients, { domain, organization }) {
  const ask = async (resource) => items((await clients.admin.request({ service: "hydra", resource })).body);
  const [{ id: location }] = await ask("telephony/config/locations");
  const hours = (await ask(`telephony/config/locations/${location}/schedules`)).find((schedule) => schedule.type === "businessHours").name;
  const [{ id: heidi }] = await ask("people?displayName=Heidi%20Harper");
  const [answers, hosts] = [{}, new Set()];
  for (const [name, area] of Object.entries(areasOf({ location, hours, heidi, domain, organization }))) {
    const all = checks(area, clients, hosts);
    answers[name] = {};
    for (const operation of OPERATIONS) {
      answers[name][operation] = all[operation] ? await all[operation]().then(() => "done", (error) => String(error.message).split("\n").slice(0, 3).join(" ")) : "not offered";
    }
  }
  return { areas: answers, hosts: [...hosts] };
}

module.exports = { OPERATIONS, everyArea };
