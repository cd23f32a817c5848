namespace BpfCore.Tests.Architecture;

/// <summary>
/// Which folder of src/BpfCore may use which: the table of ARCHITECTURE.md. A folder is a namespace. Every folder may
/// use itself, the exceptions of the root and Diagnostics.
/// </summary>
internal static class LayerTable
{
    /// <summary>The namespace BpfCore itself, which holds the exceptions and uses nothing.</summary>
    public const string Root = "";

    public const string Diagnostics = "Diagnostics";

    public static readonly IReadOnlyDictionary<string, string[]> Allowed = new Dictionary<string, string[]>
    {
        [Root] = [],
        [Diagnostics] = [],
        ["Binary"] = [],
        ["Elf"] = ["Binary"],
        ["Btf"] = ["Binary"],
        ["Instructions"] = ["Binary"],
        ["Specs"] = ["Elf", "Btf", "Instructions", "Binary"],
        ["Typed"] = ["Specs", "Btf"],
        ["CoRe"] = ["Btf", "Instructions", "Binary"],
        ["Linking"] = ["Specs", "CoRe", "Btf", "Instructions"],
        ["Syscalls"] = [],
        ["Kernel"] = ["Syscalls", "Specs", "Btf", "Instructions", "Elf", "Binary"],
        ["Maps"] = ["Specs", "Btf", "Kernel", "Syscalls"],
        ["Programs"] = ["Specs", "Linking", "Instructions", "Btf", "Maps", "Kernel", "Syscalls"],
        ["Links"] = ["Programs", "Maps", "Specs", "Kernel", "Syscalls", "Elf"],
        ["Buffers"] = ["Maps", "Kernel", "Syscalls"],
        ["Objects"] =
        [
            "Binary", "Elf", "Btf", "Instructions", "Specs", "CoRe", "Linking", "Syscalls", "Kernel", "Maps",
            "Programs", "Links", "Buffers",
        ],
    };

    /// <summary>Whether code of a folder may name what another one holds.</summary>
    public static bool Allows(string user, string used) =>
        user == used
        || Allowed[user].Contains(used)
        || (user is not (Root or Diagnostics) && used is Root or Diagnostics);
}
