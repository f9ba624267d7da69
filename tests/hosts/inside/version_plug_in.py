#!/usr/bin/env python3
"""A plug-in for GIMP whose one procedure tells the version of latentedit, which it starts."""

import subprocess
import sys

import gi

gi.require_version("Gimp", "3.0")
from gi.repository import Gimp, GLib, GObject  # noqa: E402


class VersionPlugIn(Gimp.PlugIn):
    def do_query_procedures(self):
        return ["latentedit-test-version"]

    def do_set_i18n(self, name):
        return False

    def do_create_procedure(self, name):
        procedure = Gimp.Procedure.new(self, name, Gimp.PDBProcType.PLUGIN, self.run, None)
        procedure.add_string_return_value(
            "version", "Version", "What latentedit --version says", "", GObject.ParamFlags.READWRITE
        )
        return procedure

    def run(self, procedure, config, data):
        told = subprocess.run(["latentedit", "--version"], capture_output=True, text=True, check=True).stdout.strip()
        values = procedure.new_return_values(Gimp.PDBStatusType.SUCCESS, GLib.Error())
        values.remove(1)
        values.insert(1, GObject.Value(GObject.TYPE_STRING, told))
        return values


Gimp.main(VersionPlugIn.__gtype__, sys.argv)
