namespace BpfGen.CommandLine;

/// <summary>The text of <c>--help</c>: 80 columns.</summary>
internal static class HelpText
{
    /// <summary>The whole text, ending in a newline.</summary>
    public const string Text =
        """
        bpfgen - write a C# class for a BPF object

        Usage: bpfgen [OPTION]... OBJ
               bpfgen [OPTION]... x64=OBJ arm64=OBJ

        The class has the object's maps, programs, global variables and types. Given
        an object for each architecture, it takes the one for the running processor;
        all of them must have the same maps, variables, programs and types. In a
        project, <BpfObject Include="x.bpf.o" /> runs this tool.

        Options:
              --output=FILE           where to write; standard output if not given
              --namespace=NAME        namespace of the class
              --class=NAME            name of the class; x.bpf.o gives XBpf
              --accessibility=WHO     internal (default) or public
              --types=NAME;NAME       C types to write although no map and no global
                                      variable leads to them
          @FILE                       read words from a file, one a line
          -h, --help                  show this text

        Exit status: 0 written, 1 no class can be made of the object, 2 wrong usage.

        """;
}
