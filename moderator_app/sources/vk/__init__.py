"""A VK community, with its own token and a moderator's. Any module of it may import vk_api: import it on first use."""
