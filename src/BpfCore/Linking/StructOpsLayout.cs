using BpfCore.Btf;
using BpfCore.Specs;

namespace BpfCore.Linking;

/// <summary>
/// Moves the members of an object's operations to where the kernel has them (libbpf's
/// <c>bpf_map__init_kern_struct_ops</c>).
/// </summary>
/// <param name="map">The operations as the object has them.</param>
/// <param name="kernel">What the kernel has.</param>
/// <param name="bound">What each program of the object implements.</param>
internal sealed class StructOpsLayout(
    MapSpec map, StructOpsTypes kernel, Dictionary<ProgramSpec, StructOpsBinding> bound)
{
    private const int PointerSize = 8;

    private readonly StructOpsSpec _operations = map.StructOps!;
    private readonly StructOpsImage _image = new()
    {
        Map = map,
        ValueType = kernel.ValueType,
        Module = kernel.Module,
        Value = new byte[kernel.ValueType.Size],
    };

    /// <summary>The kernel's value. Notes in <c>bound</c> what each program implements.</summary>
    /// <exception cref="KernelFeatureException">The kernel's operations are others.</exception>
    public StructOpsImage Create()
    {
        foreach (BtfMember member in _operations.Type.Members)
        {
            Place(member);
        }

        return _image;
    }

    private void Place(BtfMember member)
    {
        _operations.Programs.TryGetValue(member.Name, out ProgramSpec? program);
        if (kernel.FindMember(member.NameBytes) is not { } found)
        {
            // An older kernel can do without what is not used.
            if (program is not null || _operations.BytesOf(member).ContainsAnyExcept((byte)0))
            {
                throw Error(member, "is set, but the kernel's structure has no such member");
            }

            return;
        }

        if (member.BitfieldSize != 0 || found.Member.BitfieldSize != 0)
        {
            throw Error(member, "is a bitfield, which cannot be set");
        }

        BtfKind kind = member.Type.SkipModifiersAndTypedefs().Kind;
        BtfKind kernelKind = found.Member.Type.SkipModifiersAndTypedefs().Kind;
        if (kind != kernelKind)
        {
            throw Error(member, $"is a {kind} in the object, but a {kernelKind} in the kernel");
        }

        if (kind == BtfKind.Pointer)
        {
            PlacePointer(member, found.Member, found.Index, program);
        }
        else
        {
            Copy(member, found.Member);
        }
    }

    private void PlacePointer(BtfMember member, BtfMember kernelMember, int index, ProgramSpec? program)
    {
        if (program is null)
        {
            if (_operations.BytesOf(member).ContainsAnyExcept((byte)0))
            {
                throw Error(member, "is a pointer that is set, but not to a program");
            }

            return;
        }

        if (!StructOpsSpec.IsFunction(kernelMember))
        {
            throw Error(member, "is no function in the kernel");
        }

        Bind(member, program, new StructOpsBinding(kernel.Type, (uint)index, kernel.Module));
        _image.Programs.Add((Offset(member, kernelMember, PointerSize), program));
    }

    // One program may serve several variables, but only as the same function.
    private void Bind(BtfMember member, ProgramSpec program, StructOpsBinding binding)
    {
        if (bound.TryGetValue(program, out StructOpsBinding? known) && known != binding)
        {
            throw Error(
                member,
                $"is {program.Name}, which is member {known.MemberIndex} of {known.Type} already; a program can be one "
                + "function of one structure only");
        }

        bound[program] = binding;
    }

    private void Copy(BtfMember member, BtfMember kernelMember)
    {
        ReadOnlySpan<byte> bytes = _operations.BytesOf(member);
        uint kernelSize = kernelMember.Type.ResolveSize();
        if (bytes.Length != kernelSize)
        {
            throw Error(member, $"has {bytes.Length} bytes in the object, but {kernelSize} in the kernel");
        }

        bytes.CopyTo(_image.Value.AsSpan(Offset(member, kernelMember, bytes.Length)));
    }

    private int Offset(BtfMember member, BtfMember kernelMember, int size)
    {
        ulong offset = (ulong)kernel.DataOffset + (kernelMember.BitOffset / 8);
        return offset + (ulong)size <= (ulong)_image.Value.Length
            ? (int)offset
            : throw Error(member, $"would lie outside of the kernel's {kernel.ValueType}");
    }

    private KernelFeatureException Error(BtfMember member, string problem) =>
        new(_operations.ToString(), $"member {member.Name} {problem}");
}
