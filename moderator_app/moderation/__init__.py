"""The use cases: plain asyncio, no Qt."""
