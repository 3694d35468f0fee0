"""Sends small POST requests over kept connections and measures their answers, with as little of its own as Python allows.

    python post_load.py < plan.json

plan.json, on standard input because everybody may read a command line: {"host", "port", "path", "bodies": [form, …],
"connections", "seconds", "rate"}. Without a rate each connection asks again as soon as it is answered (closed loop): that is
the capacity. With one, requests begin at fixed moments whether or not earlier ones are answered, and a time counts from
the moment at which its request should have begun, so that waiting is not hidden (no coordinated omission).

Prints JSON: requests per second, median and 99th percentile in milliseconds, answers other than 200, and how much of a core
this program used: near 1 it measures itself.
"""

import json
import select
import socket
import sys
import time
from collections import deque


class Load:
    def __init__(self, plan: dict):
        head = f"POST {plan['path']} HTTP/1.1\r\nHost: {plan['host']}:{plan['port']}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        self.requests = [f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode() for body in plan["bodies"]]
        self.next, self.times, self.failures, self.example = 0, [], 0, b""
        self.poll = select.epoll()
        self.began: dict[int, float] = {}
        self.buffers: dict[int, bytes] = {}
        self.sockets: dict[int, socket.socket] = {}
        for _ in range(plan["connections"]):
            one = socket.create_connection((plan["host"], plan["port"]))
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            one.setblocking(False)
            self.sockets[one.fileno()] = one
            self.poll.register(one.fileno(), select.EPOLLIN)

    def send(self, number: int, began: float) -> None:
        self.began[number] = began
        request = self.requests[self.next % len(self.requests)]
        self.next += 1
        self.sockets[number].send(request)

    def receive(self, number: int) -> bool:
        """True when the answer is complete."""
        data = self.buffers.pop(number, b"") + self.sockets[number].recv(65536)
        if not data:
            sys.exit("the server closed a connection")
        end = data.find(b"\r\n\r\n")
        if end < 0 or not complete(data, end):
            self.buffers[number] = data
            return False
        self.times.append(time.perf_counter() - self.began.pop(number))
        if not data.startswith(b"HTTP/1.1 200"):
            self.failures += 1
            self.example = self.example or data[:400]
        return True

    def closed(self, seconds: float) -> None:
        for number in self.sockets:
            self.send(number, time.perf_counter())
        end = time.perf_counter() + seconds
        while (now := time.perf_counter()) < end:
            for number, _ in self.poll.poll(1):
                if self.receive(number):
                    self.send(number, time.perf_counter())
        self.drain()

    def open(self, seconds: float, rate: float) -> None:
        idle, due, step = deque(self.sockets), time.perf_counter(), 1 / rate
        end = due + seconds
        while True:
            now = time.perf_counter()
            while due <= now and idle and due < end:
                self.send(idle.popleft(), due)
                due += step
            if due >= end:
                break
            wait = max(0.0, due - time.perf_counter()) if idle else 1
            for number, _ in self.poll.poll(wait if wait > 0.0005 else 0):
                if self.receive(number):
                    idle.append(number)
        self.drain()

    def drain(self) -> None:
        while self.began:
            for number, _ in self.poll.poll(5):
                self.receive(number)


def complete(data: bytes, end: int) -> bool:
    head = data[:end].lower()
    at = head.find(b"content-length:")
    if at < 0:
        sys.exit(f"an answer without a length: {data[:300]}")
    length = int(head[at + 15 :].split(b"\r\n", 1)[0])
    return len(data) - end - 4 >= length


def main() -> None:
    plan = json.load(sys.stdin)
    load = Load(plan)
    rate = plan.get("rate")
    run = (lambda seconds: load.open(seconds, rate)) if rate else load.closed
    # Caches, connections and just-in-time compilers are warm when counting begins.
    run(min(2.0, plan["seconds"] / 2))
    load.times.clear()
    began, processor = time.perf_counter(), time.process_time()
    run(plan["seconds"])
    passed, used = time.perf_counter() - began, time.process_time() - processor
    times = sorted(load.times)
    print(json.dumps({
        "requests_per_second": len(times) / passed,
        "median": times[len(times) // 2] * 1000,
        "p99": times[max(0, -(-len(times) * 99 // 100) - 1)] * 1000,
        "failures": load.failures,
        "example": load.example.decode(errors="replace"),
        "own_core": used / passed,
    }))


if __name__ == "__main__":
    main()
