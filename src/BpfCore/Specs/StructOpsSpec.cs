using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfCore.Btf;

namespace BpfCore.Specs;

/// <summary>
/// Operations that an object implements for the kernel (<c>SEC(".struct_ops")</c>), for example a
/// <c>struct tcp_congestion_ops</c>: programs for its functions, values for its other members. They may be changed
/// until the object is loaded.
/// </summary>
/// <remarks>
/// Members go by the names of the object's own structure. The kernel's may have others, in another order: those it
/// lacks must be left zero here.
/// </remarks>
public sealed class StructOpsSpec
{
    private readonly string _variable;
    private readonly byte[] _data;
    private readonly Dictionary<string, ProgramSpec> _programs = new(StringComparer.Ordinal);

    internal StructOpsSpec(string variable, BtfType type, ReadOnlySpan<byte> data)
    {
        _variable = variable;
        _data = data.ToArray();
        Type = type;
    }

    /// <summary>The structure in the object's BTF; without its flavour, the name of the kernel's structure.</summary>
    public BtfType Type { get; }

    /// <summary>The programs of its functions by the names of their members.</summary>
    public IReadOnlyDictionary<string, ProgramSpec> Programs => _programs;

    /// <summary>Programs that the object put in; one that was taken out is not loaded with the object.</summary>
    internal HashSet<ProgramSpec> DeclaredPrograms { get; } = [];

    /// <summary>The bytes of a member that is no function, which may be written to.</summary>
    /// <param name="member">Name of the member.</param>
    /// <exception cref="KeyNotFoundException">There is no such member.</exception>
    /// <exception cref="ArgumentException">The member is a pointer.</exception>
    public Span<byte> this[string member]
    {
        get
        {
            BtfMember found = Find(member);
            return IsPointer(found)
                ? throw new ArgumentException($"member {member} of {this} is a pointer; set a program")
                : BytesOf(found);
        }
    }

    /// <summary>Sets a member that is no function.</summary>
    /// <typeparam name="T">A type of the member's size.</typeparam>
    /// <param name="member">Name of the member.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="KeyNotFoundException">There is no such member.</exception>
    /// <exception cref="ArgumentException">The sizes differ, or the member is a pointer.</exception>
    public void Set<T>(string member, T value)
        where T : unmanaged
    {
        Span<byte> bytes = this[member];
        if (bytes.Length != Unsafe.SizeOf<T>())
        {
            throw new ArgumentException(
                $"member {member} of {this} has {bytes.Length} bytes, but {typeof(T).Name} has {Unsafe.SizeOf<T>()}");
        }

        MemoryMarshal.Write(bytes, in value);
    }

    /// <summary>Implements a function with another program, or not at all.</summary>
    /// <param name="member">Name of the member.</param>
    /// <param name="program">A program of type <see cref="ProgramType.StructOps"/> of the same object, or null.</param>
    /// <exception cref="KeyNotFoundException">There is no such member.</exception>
    /// <exception cref="ArgumentException">The member is no function, or the program is of another type.</exception>
    public void SetProgram(string member, ProgramSpec? program)
    {
        if (!IsFunction(Find(member)))
        {
            throw new ArgumentException($"member {member} of {this} is no function", nameof(member));
        }

        if (program is null)
        {
            _programs.Remove(member);
            return;
        }

        _programs[member] = program.Type == ProgramType.StructOps
            ? program
            : throw new ArgumentException($"{program} is of type {program.Type}, not StructOps", nameof(program));
    }

    /// <summary>Variable and structure.</summary>
    public override string ToString() => $"struct {Type.Name} {_variable}";

    /// <summary>Whether a member is a pointer to a function.</summary>
    internal static bool IsFunction(BtfMember member)
    {
        BtfType pointer = member.Type.SkipModifiersAndTypedefs();
        return pointer.Kind == BtfKind.Pointer
            && pointer.Target.SkipModifiersAndTypedefs().Kind == BtfKind.FunctionPrototype;
    }

    internal static bool IsPointer(BtfMember member) =>
        member.Type.SkipModifiersAndTypedefs().Kind == BtfKind.Pointer;

    /// <summary>The bytes of a member as the object has them; zero for a function, programs stand apart.</summary>
    /// <exception cref="BpfFormatException">The member has no size, or does not lie within the structure.</exception>
    internal Span<byte> BytesOf(BtfMember member)
    {
        uint offset = member.BitOffset / 8;
        uint size = member.Type.ResolveSize();
        return offset <= (uint)_data.Length && size <= (uint)_data.Length - offset
            ? _data.AsSpan((int)offset, (int)size)
            : throw Type.Error($"its member {member.Name} lies outside of its {_data.Length} bytes");
    }

    /// <summary>Puts the object's own program in.</summary>
    internal void Declare(BtfMember member, ProgramSpec program)
    {
        BytesOf(member).Clear(); // whatever the compiler left there is an addend
        _programs[member.Name] = program;
        DeclaredPrograms.Add(program);
    }

    private BtfMember Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        foreach (BtfMember member in Type.Members)
        {
            if (member.Name == name)
            {
                return member;
            }
        }

        throw new KeyNotFoundException($"{this} has no member '{name}'");
    }
}
