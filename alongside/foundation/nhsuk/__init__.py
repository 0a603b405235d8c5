"""The look: NHS design system pages, components and forms. Knows nothing of the service."""
