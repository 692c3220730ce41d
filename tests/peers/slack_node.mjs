// The official SDK for Node as a client of our Socket Mode server: acknowledges what comes, and tells of it, a line each.
import { createRequire } from "node:module";
const [packages, api] = process.argv.slice(2);
const { SocketModeClient, LogLevel } = createRequire(packages + "/")("@slack/socket-mode");
const client = new SocketModeClient({
  appToken: "xapp-here",
  logLevel: LogLevel.ERROR,
  clientOptions: { slackApiUrl: api },
});
client.on("slack_event", async ({ ack, body, type }) => {
  await ack();
  console.log(`${type} ${body.event?.text ?? body.text}`);
});
await client.start();
console.log("started");
