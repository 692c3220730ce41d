// Preloaded into a program that would listen on every address of the machine: this one alone will do.
const { Server } = require("net");
const listen = Server.prototype.listen;
Server.prototype.listen = function (...given) {
  if (given[0] !== null && typeof given[0] === "object") given[0] = { ...given[0], host: "127.0.0.1" };
  else if (typeof given[1] === "string") given[1] = "127.0.0.1";
  else given.splice(1, 0, "127.0.0.1");
  return listen.apply(this, given);
};
