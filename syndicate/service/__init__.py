"""What can be done here. One function is one action, one transaction and one line in the audit.

Whoever calls passes the time (`now`, aware UTC) and who acts (`who`); nothing here reads a clock or a setting.
"""
