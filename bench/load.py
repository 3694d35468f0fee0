"""A closed loop of connections that ask one address after another, each as soon as its last answer is there.

    python load.py ORIGIN SECONDS CONNECTIONS < request.json

request.json: {"token": …, "targets": [path and query, …]}, on standard input, because everybody may read a command
line. Prints JSON: requests per second, the median and the 99th percentile of the time to the last byte in
milliseconds, and how much of a core this program itself used: near 1 it measures itself.

Answers are counted, not parsed: the client must not be what is measured.
"""

import asyncio
import json
import statistics
import sys
import time
from urllib.parse import urlsplit


class Connection(asyncio.Protocol):
    """One connection with one request under way."""

    def __init__(self, requests: list[bytes], first: int, step: int, times: list[float], failed: asyncio.Future):
        self.requests, self.next, self.step, self.times, self.failed = requests, first, step, times, failed
        self.head, self.left = b"", 0

    def connection_made(self, transport: asyncio.Transport) -> None:
        self.transport = transport
        self.ask()

    def ask(self) -> None:
        self.began = time.perf_counter()
        self.transport.write(self.requests[self.next % len(self.requests)])
        self.next += self.step

    def data_received(self, data: bytes) -> None:
        if self.left:
            self.left -= len(data)
        else:
            self.head += data
            end = self.head.find(b"\r\n\r\n")
            if end < 0:
                return
            self.left = self.length_of_body(self.head[:end]) - (len(self.head) - end - 4)
            self.head = b""
        if self.left == 0:
            self.times.append(time.perf_counter() - self.began)
            self.ask()

    def length_of_body(self, head: bytes) -> int:
        lines = head.lower().split(b"\r\n")
        lengths = [int(line.partition(b":")[2]) for line in lines if line.startswith(b"content-length:")]
        if not lines[0].startswith(b"http/1.1 200") or len(lengths) != 1:
            self.fail(f"an answer that was not asked for: {head.decode(errors='replace')}")
        return lengths[0]

    def connection_lost(self, error: Exception | None) -> None:
        self.fail(f"the server closed a connection: {error}")

    def fail(self, words: str) -> None:
        if not self.failed.done():
            self.failed.set_exception(RuntimeError(words))


async def load(origin: str, seconds: float, connections: int, token: str, targets: list[str]) -> dict:
    place = urlsplit(origin)
    heads = f"Host: {place.netloc}\r\nAuthorization: Bearer {token}\r\nAccept: application/json\r\n\r\n"
    requests = [f"GET {target} HTTP/1.1\r\n{heads}".encode() for target in targets]
    loop = asyncio.get_running_loop()
    times, failed = [], loop.create_future()
    for number in range(connections):
        # Each begins elsewhere in the list, so that they do not ask the same at the same time.
        first = number * len(requests) // connections
        await loop.create_connection(lambda: Connection(requests, first, 1, times, failed), place.hostname, place.port)
    # Caches, connections and the allocator are warm when counting begins.
    await settle(failed, min(1.0, seconds / 4))
    times.clear()
    began, processor = time.perf_counter(), time.process_time()
    await settle(failed, seconds)
    passed, used = time.perf_counter() - began, time.process_time() - processor
    counted = sorted(times)
    failed.cancel()
    return {
        "requests_per_second": len(counted) / passed,
        "median": statistics.median(counted) * 1000,
        "p99": counted[max(0, -(-len(counted) * 99 // 100) - 1)] * 1000,
        "own_core": used / passed,
    }


async def settle(failed: asyncio.Future, seconds: float) -> None:
    done, _ = await asyncio.wait([failed], timeout=seconds)
    if done:
        failed.result()


def main() -> None:
    origin, seconds, connections = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
    request = json.load(sys.stdin)
    print(json.dumps(asyncio.run(load(origin, seconds, connections, request["token"], request["targets"]))))


if __name__ == "__main__":
    main()
