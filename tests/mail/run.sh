#!/bin/bash
# mail_deliver() against a real SMTP server on this machine; prints TAP.
# The Python is Debian's: aiosmtpd is installed for it.
case mail in *"$CASE"*) ;; *) exit 0 ;; esac
exec /usr/bin/python3 tests/mail/mail_test.py "$BUILD/tests/mail/mail_driver"
